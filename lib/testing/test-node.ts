import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import pino from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { roleConfig } from '#lib/config/role-config.ts';
import { terminalUploadStates, type UploadResponse } from '#lib/contracts/uploads.ts';
import { getPool } from '#lib/db/pool.ts';
import { startEdge, type Edge } from '#lib/edge/start-edge.ts';
import { defaultIngestSettings } from '#lib/ingest/settings.ts';
import type { Actor } from '#lib/services/actor.ts';
import { getBlobStore } from '#lib/services/blob-store.ts';
import { currentAccessKey } from '#lib/services/credentials.ts';
import { getUpload } from '#lib/services/uploads/get-upload.ts';
import { Worker } from '#lib/worker/worker.ts';
import { findFreePort } from '#lib/db/embedded/free-port.ts';

/** The edge role and a worker inside the test's own process. */
export interface TestNode {
  readonly s3Url: () => string;
  readonly profileUrl: () => string;
  /** A client with the table's own key, or whatever is overridden. */
  readonly connect: (tableId: number, overrides?: S3ClientConfig) => Promise<S3Client>;
  readonly startWorker: () => Promise<void>;
  readonly stopWorker: () => Promise<void>;
}

export const silentLogger = pino({ level: 'silent' });

/** Call it once at the top level of a test file, after `useTestDatabase`. The worker runs unless told not to. */
export function useTestNode({ hasWorker = true } = {}): TestNode {
  let dataDir: string;
  let edge: Edge;
  let worker: Worker | undefined;
  const clients: S3Client[] = [];

  const startWorker = async () => {
    const context = {
      pool: getPool(),
      blobs: await getBlobStore(),
      settings: defaultIngestSettings,
    };
    worker = new Worker({ context, log: silentLogger, pollInterval: 200 });
    void worker.run();
  };
  const stopWorker = async () => {
    await worker?.stop();
    worker = undefined;
  };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'opendcp-node-'));
    Object.assign(process.env, {
      DATA_DIR: dataDir,
      HOST: '127.0.0.1',
      S3_PORT: String(await findFreePort()),
      PROFILE_PORT: String(await findFreePort()),
      MASTER_KEY: 'the master key of the tests',
    });
    edge = await startEdge(roleConfig(), silentLogger);
    if (hasWorker) await startWorker();
  });

  afterAll(async () => {
    for (const client of clients) client.destroy();
    await stopWorker();
    await edge.stop(1_000);
    await rm(dataDir, { recursive: true, force: true });
  });

  const s3Url = () => `http://127.0.0.1:${edge.ports.s3}`;
  return {
    s3Url,
    profileUrl: () => `http://127.0.0.1:${edge.ports.profile}`,
    connect: async (tableId, overrides = {}) => {
      const client = new S3Client({
        endpoint: s3Url(),
        region: 'us-east-1',
        forcePathStyle: true,
        credentials: await currentAccessKey(tableId),
        maxAttempts: 1,
        ...overrides,
      });
      clients.push(client);
      return client;
    },
    startWorker,
    stopWorker,
  };
}

/** Looks again and again until the upload has come to its end. */
export async function waitForEnd(actor: Actor, uploadId: number): Promise<UploadResponse> {
  for (;;) {
    const upload = await getUpload(actor, uploadId);
    if (terminalUploadStates.includes(upload.state)) return upload;
    await delay(50);
  }
}
