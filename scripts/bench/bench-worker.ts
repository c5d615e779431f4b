import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { nodeEnvironment, nodeFlags } from '#lib/runtime/node-flags.ts';
import { uploadsChannel } from '#lib/store/worker-session.ts';
import { peakMemory, processorSeconds } from './memory.ts';

/** The product's worker as a process of its own. */
export class BenchWorker {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /**
   * @param dataDir its stored objects are in `objects` there.
   * @param batchRows another size of batches than the product's.
   */
  static async start(dataDir: string, batchRows?: number): Promise<BenchWorker> {
    const main = batchRows ? 'worker-of-small-batches.ts' : '../../lib/worker/main.ts';
    const settings = batchRows ? [`${dataDir}/objects`, String(batchRows)] : [];
    const child = fork(fileURLToPath(new URL(main, import.meta.url)), settings, {
      execArgv: [...nodeFlags.worker],
      env: {
        ...process.env,
        ...nodeEnvironment.worker,
        DATA_DIR: dataDir,
        MASTER_KEY: 'k'.repeat(43),
        LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
      },
    });
    const [message] = (await once(child, 'message')) as [{ kind: string; message?: string }];
    if (message.kind !== 'ready') throw new Error(message.message);
    return new BenchWorker(child);
  }

  /** MiB. */
  peakMemory(): Promise<number | null> {
    return peakMemory(this.#child.pid ?? 0);
  }

  processorSeconds(): Promise<number | null> {
    return processorSeconds(this.#child.pid ?? 0);
  }

  async kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    await exited;
  }
}

/** Stores a file as an object, unseen by any worker until `queueUpload`. */
export async function storeFile(dataDir: string, file: string) {
  const blobs = await FileBlobStore.open({ directory: `${dataDir}/objects` });
  const writer = await blobs.create();
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    await writer.write(chunk as Buffer);
  }
  const blob = await writer.publish();
  return { fileName: basename(file), blob, remove: () => blobs.remove([blob.name]) };
}

export type StoredFile = Awaited<ReturnType<typeof storeFile>>;

/** Queues a stored file for a table, as the S3 endpoint does; gives the upload's id. */
export async function queueUpload(
  tableId: number,
  { fileName, blob }: StoredFile,
): Promise<number> {
  const key = `dcp/1/${tableId}/${fileName}`;
  const { nextUploadSequence: next } = await getDb().table.update({
    where: { id: tableId },
    data: { nextUploadSequence: { increment: 1 } },
  });
  const object = await getDb().storedObject.create({
    data: {
      id: randomUUID(),
      tableId,
      key,
      sizeBytes: blob.size,
      etag: 'bench',
      parts: [{ name: blob.name, size: blob.size }],
    },
  });
  const { id } = await getDb().upload.create({
    data: {
      tableId,
      sequence: next - 1,
      objectId: object.id,
      key,
      fileName,
      source: 's3',
      uploadedBy: 'bench',
      sizeBytes: blob.size,
      etag: 'bench',
    },
  });
  await getPool().query('SELECT pg_notify($1, $2)', [uploadsChannel, String(tableId)]);
  return id;
}

/** Waits for the end of an upload; throws unless all of it was read. */
export async function uploadEnded(id: number) {
  for (;;) {
    const upload = await getDb().upload.findUniqueOrThrow({ where: { id } });
    if (upload.state.startsWith('completed')) return upload;
    if (['failed', 'cancelled'].includes(upload.state)) {
      throw new Error(`Upload ${id} ${upload.state}: ${JSON.stringify(upload.error)}`);
    }
    await delay(50);
  }
}
