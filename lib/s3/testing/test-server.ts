import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { createS3Server } from '../create-s3-server.ts';
import type { Logger } from '../logger.ts';
import type { Credential } from '../ports.ts';
import type { S3Config } from '../s3-config.ts';
import { MemoryCredentials } from './memory-credentials.ts';
import { MemoryObjects } from './memory-objects.ts';

export const bucket = 'optimizely-import';
export const region = 'us-east-1';

export const owner: Credential = {
  id: 1,
  accessKeyId: 'DCPAAAAAAAAAAAAAAAAA',
  secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  tableId: 678,
  prefix: 'dcp/1/678/',
  active: true,
  kind: 'table',
};

export const stranger: Credential = {
  ...owner,
  id: 2,
  accessKeyId: 'DCPBBBBBBBBBBBBBBBBB',
  secret: 'another-secret-that-is-as-long-as-others',
  tableId: 679,
  prefix: 'dcp/1/679/',
};

export interface TestServer extends AsyncDisposable {
  readonly endpoint: string;
  readonly port: number;
  readonly objects: MemoryObjects;
  readonly credentials: MemoryCredentials;
  readonly blobs: FileBlobStore;
  /** Faults that the server logged. */
  readonly faults: unknown[];
  /** Files in the blob directory, unfinished ones included. */
  storedFiles(): Promise<readonly string[]>;
}

/** The endpoint on a free port with a blob directory of its own. */
export async function startTestServer(
  config: Partial<S3Config> = {},
  { reserveBytes = 0 } = {},
): Promise<TestServer> {
  const directory = await mkdtemp(join(tmpdir(), 'opendcp-s3-'));
  const blobs = await FileBlobStore.open({ directory, reserveBytes });
  const objects = new MemoryObjects();
  const credentials = new MemoryCredentials([owner, stranger]);
  const faults: unknown[] = [];
  const logger: Logger = {
    info: () => undefined,
    warn: (fields) => faults.push(fields),
    error: (fields) => faults.push(fields),
  };
  const server = createS3Server({
    config: { bucket, region, ...config },
    credentials,
    objects,
    blobs,
    logger,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `${config.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    objects,
    credentials,
    blobs,
    faults,
    storedFiles: async () => {
      const files = await readdir(directory, { recursive: true });
      return files.filter((file) => file !== 'incoming');
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  };
}
