import type pg from 'pg';
import { errors } from '#lib/core/errors.ts';
import { cancelStatements } from './cancel-statement.ts';
import type { Pool } from './pool.ts';

export interface CancelOptions {
  /** Where a cancel is sent from: all sessions of the other pool may be at work. */
  readonly canceller: Pool;
  /** Of the request: when nobody waits for the answer any more, its statement ends in the database, too. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs statements of a session until an abort, which ends the one under way. What is left of the session is in no known state
 * then: a cancel may still be on its way to it.
 *
 * @throws {AppError} `aborted`, once the database has stopped.
 * @example await cancellable(client, () => client.query('SELECT 1'), { canceller: getPool(), signal })
 */
export async function cancellable<Result>(
  client: pg.PoolClient,
  work: () => Promise<Result>,
  { canceller, signal }: CancelOptions,
): Promise<Result> {
  if (signal?.aborted) throw errors.aborted();
  const ended = new AbortController();
  const onAbort = () => void cancelStatements(canceller, client, ended.signal);
  signal?.addEventListener('abort', onAbort);
  try {
    return await work();
  } catch (error) {
    throw signal?.aborted ? errors.aborted() : error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    ended.abort();
  }
}
