import { recountAudiences } from '#lib/services/audiences/counts/recount-audiences.ts';
import { refreshInsights } from '#lib/services/insight/refresh-insights.ts';
import type { Pool } from '#lib/store/pool.ts';
import { Backoff } from './backoff.ts';
import { repeat } from './repeat.ts';
import type { WorkerLog } from './worker.ts';

export interface BackgroundCountsOptions {
  readonly pool: Pool;
  readonly log: WorkerLog;
  /** Milliseconds between two looks at what changed. */
  readonly interval?: number;
}

const defaultInterval = 2_000;

/**
 * Keeps sizes of saved audiences and insights into attributes up to date, until the returned function is called. Each is one statement at a
 * time, on one processor of the database, and makes room for loads.
 */
export function startBackgroundCounts({
  pool,
  log,
  interval = defaultInterval,
}: BackgroundCountsOptions): () => Promise<void> {
  const audiences = new Failures(({ id, error }) =>
    log.warn({ audienceId: id, error }, 'An audience could not be counted.'),
  );
  const tables = new Failures(({ id, error }) =>
    log.warn({ tableId: id, error }, 'The attributes of a table could not be looked at.'),
  );
  const stopAudiences = repeat(
    async (signal) => {
      const started = performance.now();
      const counted = await recountAudiences({
        pool,
        signal,
        isPaused: audiences.isPaused,
        onFailure: audiences.onFailure,
      });
      if (counted > 0) log.info({ counted, seconds: secondsSince(started) }, 'Counted audiences.');
    },
    { interval, onError: (error) => log.warn({ error }, 'Audiences could not be counted.') },
  );
  const stopInsights = repeat(
    async (signal) => {
      const started = performance.now();
      const read = await refreshInsights({
        pool,
        signal,
        isPaused: tables.isPaused,
        onFailure: tables.onFailure,
      });
      if (read > 0) log.info({ read, seconds: secondsSince(started) }, 'Looked at attributes.');
    },
    { interval, onError: (error) => log.warn({ error }, 'Attributes could not be looked at.') },
  );
  return async () => {
    await Promise.all([stopAudiences(), stopInsights()]);
  };
}

/** What goes wrong again and again is tried less and less often. */
class Failures {
  readonly #backoffs = new Map<number, Backoff>();
  readonly isPaused = (id: number): boolean => (this.#backoffs.get(id)?.remaining() ?? 0) > 0;
  readonly onFailure: (id: number, error: unknown) => void;

  constructor(report: (failure: { readonly id: number; readonly error: unknown }) => void) {
    this.onFailure = (id, error) => {
      const backoff = this.#backoffs.get(id) ?? new Backoff();
      backoff.fail();
      this.#backoffs.set(id, backoff);
      report({ id, error });
    };
  }
}

function secondsSince(started: number): number {
  return Math.round((performance.now() - started) / 100) / 10;
}
