import { randomUUID } from 'node:crypto';
import type { BlobRef, BlobStore } from '#lib/blob/blob-store.ts';
import { getDb } from '#lib/db/client.ts';
import { createTestUpload } from '#lib/store/testing/fixtures.ts';

export interface TestFile {
  readonly content: string | Buffer;
  readonly fileName?: string;
  /** Stored as this many blobs, as a multipart upload is. */
  readonly parts?: number;
  readonly checkOnly?: boolean;
}

/** Stores a file and queues its upload; gives the upload's id. */
export async function uploadFile(
  blobs: BlobStore,
  tableId: number,
  { content, fileName = 'customers.csv', parts = 1, checkOnly = false }: TestFile,
): Promise<number> {
  const bytes = Buffer.from(content);
  const refs: BlobRef[] = [];
  for (let part = 0; part < parts; part++) {
    const cut = (index: number) => Math.floor((bytes.length * index) / parts);
    const writer = await blobs.create();
    await writer.write(bytes.subarray(cut(part), cut(part + 1)));
    refs.push(await writer.publish());
  }
  const key = `dcp/1/${tableId}/${fileName}`;
  const object = await getDb().storedObject.create({
    data: {
      id: randomUUID(),
      tableId,
      key,
      sizeBytes: bytes.length,
      etag: 'test',
      parts: refs.map(({ name, size }) => ({ name, size })),
    },
  });
  return createTestUpload(tableId, {
    fileName,
    objectId: object.id,
    sizeBytes: bytes.length,
    checkOnly,
  });
}
