import type { BlobStore } from '#lib/blob/blob-store.ts';
import { withSessionLock } from '#lib/db/session-lock.ts';
import { listDueBuckets, lookIntoBucket } from '#lib/services/watched-buckets/look.ts';
import type { Pool } from '#lib/store/pool.ts';
import type { WorkerLog } from './worker.ts';

export interface BucketWatchOptions {
  readonly pool: Pool;
  readonly blobs: BlobStore;
  readonly log: WorkerLog;
  /** Milliseconds between two looks at which buckets are due. */
  readonly interval?: number;
}

const defaultInterval = 3_000;
/** One customer's large files must not keep another's waiting. */
const mostAtOnce = 4;
const lockClass = 0x0dc90003;

/** Looks into watched buckets when they are due, until the returned function is called. */
export function startBucketWatch(options: BucketWatchOptions): () => Promise<void> {
  const { pool, blobs, log, interval = defaultInterval } = options;
  const stop = new AbortController();
  const looks = new Map<number, Promise<void>>();

  const look = async (tableId: number) => {
    try {
      await withSessionLock(pool, { lockClass, id: tableId }, async () => {
        const error = await lookIntoBucket(blobs, tableId, stop.signal);
        if (error !== null) log.warn({ tableId, error }, 'A watched bucket could not be read.');
      });
    } catch (error) {
      log.warn({ tableId, error }, 'A watched bucket was not looked at.');
    }
  };
  const tick = async () => {
    try {
      for (const tableId of await listDueBuckets()) {
        if (looks.size >= mostAtOnce || stop.signal.aborted) return;
        if (looks.has(tableId)) continue;
        looks.set(
          tableId,
          look(tableId).finally(() => looks.delete(tableId)),
        );
      }
    } catch (error) {
      log.warn({ error }, 'The watched buckets could not be listed.');
    }
  };
  void tick();
  const timer = setInterval(() => void tick(), interval);
  return async () => {
    clearInterval(timer);
    stop.abort();
    await Promise.all(looks.values());
  };
}
