import type { BlobStore } from '#lib/blob/blob-store.ts';
import { withSessionLock } from '#lib/db/session-lock.ts';
import { listOpenRequests, runPrivacyRequest } from '#lib/services/privacy/run-request.ts';
import type { Pool } from '#lib/store/pool.ts';
import { Backoff } from './backoff.ts';
import type { WorkerLog } from './worker.ts';

export interface PrivacyRequestsOptions {
  readonly pool: Pool;
  readonly blobs: BlobStore;
  readonly log: WorkerLog;
  /** Milliseconds between two looks at what is to be done. */
  readonly interval?: number;
}

const defaultInterval = 2_000;
/** A search reads files as fast as the disk gives them: more at once would only slow loads down. */
const mostAtOnce = 1;
const lockClass = 0x0dc90006;

/** Carries out privacy requests, the oldest first, until the returned function is called. */
export function startPrivacyRequests(options: PrivacyRequestsOptions): () => Promise<void> {
  const { pool, blobs, log, interval = defaultInterval } = options;
  const stop = new AbortController();
  const jobs = new Map<number, Promise<void>>();
  const backoffs = new Map<number, Backoff>();
  /** Turns taken, so that one that waits for uploads lets the others go on. */
  const turns = new Map<number, number>();
  let turn = 0;

  const carryOut = async (requestId: number) => {
    try {
      await withSessionLock(pool, { lockClass, id: requestId }, async () => {
        const outcome = await runPrivacyRequest(blobs, requestId, stop.signal);
        if (outcome === 'waiting') return;
        turns.delete(requestId);
        log.info({ requestId }, 'A privacy request was carried out.');
      });
      backoffs.delete(requestId);
    } catch (error) {
      if (stop.signal.aborted) return;
      log.warn({ requestId, error }, 'A privacy request went wrong; trying again.');
      const backoff = backoffs.get(requestId) ?? new Backoff();
      backoff.fail();
      backoffs.set(requestId, backoff);
    }
  };
  const tick = async () => {
    try {
      const open = await listOpenRequests();
      for (const requestId of open.toSorted((a, b) => (turns.get(a) ?? 0) - (turns.get(b) ?? 0))) {
        if (jobs.size >= mostAtOnce || stop.signal.aborted) return;
        if (jobs.has(requestId) || (backoffs.get(requestId)?.remaining() ?? 0) > 0) continue;
        turns.set(requestId, (turn += 1));
        const job = carryOut(requestId).finally(() => jobs.delete(requestId));
        jobs.set(requestId, job);
      }
    } catch (error) {
      log.warn({ error }, 'Privacy requests could not be listed.');
    }
  };
  void tick();
  const timer = setInterval(() => void tick(), interval);
  return async () => {
    clearInterval(timer);
    stop.abort(new Error('The worker is stopping.'));
    await Promise.all(jobs.values());
  };
}
