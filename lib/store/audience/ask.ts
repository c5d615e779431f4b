import { setTimeout as delay } from 'node:timers/promises';
import { errors, type AppError } from '#lib/core/errors.ts';
import { cancelStatement } from '../cancel-statement.ts';
import type { Connection, Pool } from '../pool.ts';
import { sqlState, sqlStates } from '../postgres-error.ts';

/** A cancel that comes before its statement is lost. */
const repeatCancelAfter = 100;

export interface AskOptions {
  /** Where a cancel is sent from: all sessions of the other pool may be at work. */
  readonly canceller: Pool;
  /** Of the request: when nobody waits for the answer any more, its statement ends in the database, too. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs statements that take long on a session of their own. They all see the same moment, and change nothing.
 *
 * @throws {AppError} `aborted` after an abort, once the database has stopped; `unavailable` when it took too long.
 * @example await ask(getCountPool(), (connection) => connection.query('SELECT 1'), { canceller: getPool(), signal })
 */
export async function ask<Answer>(
  pool: Pool,
  question: (connection: Connection) => Promise<Answer>,
  { canceller, signal }: AskOptions,
): Promise<Answer> {
  if (signal?.aborted) throw errors.aborted();
  const client = await pool.connect();
  let isClean = false;
  const ended = new AbortController();
  const cancel = async () => {
    while (!ended.signal.aborted) {
      await cancelStatement(canceller, client);
      await delay(repeatCancelAfter, null, { signal: ended.signal }).catch(() => undefined);
    }
  };
  const onAbort = () => void cancel();
  try {
    // Whoever waited for a session may be gone by now.
    if (signal?.aborted) throw errors.aborted();
    signal?.addEventListener('abort', onAbort);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const answer = await question(client);
    await client.query('COMMIT');
    isClean = true;
    return answer;
  } catch (error) {
    if (signal?.aborted) throw errors.aborted();
    throw sqlState(error) === sqlStates.queryCanceled ? tookTooLong(error) : error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    ended.abort();
    // A cancel may still be on its way to this session.
    client.release(!isClean || signal?.aborted === true);
  }
}

function tookTooLong(cause: unknown): AppError {
  return errors.unavailable(
    'Counting took too long and was stopped. Ask again when less is being loaded.',
    cause,
  );
}
