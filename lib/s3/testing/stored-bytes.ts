import { buffer } from 'node:stream/consumers';
import { readManifest } from '#lib/blob/read-manifest.ts';
import type { TestServer } from './test-server.ts';

/** What lies on the disk under a key; null when there is no object. */
export async function storedBytes(server: TestServer, key: string): Promise<Buffer | null> {
  const object = await server.objects.get(key);
  return object && buffer(readManifest({ blobs: server.blobs, parts: object.parts }));
}
