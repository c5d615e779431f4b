import { errors, type AppError } from '#lib/core/errors.ts';
import { cancellable, type CancelOptions } from '../cancellable.ts';
import type { Connection, Pool } from '../pool.ts';
import { sqlState, sqlStates } from '../postgres-error.ts';

/**
 * Runs statements that take long on a session of their own. They all see the same moment, and change nothing.
 *
 * @throws {AppError} `aborted` after an abort, once the database has stopped; `unavailable` when it took too long.
 * @example await ask(getCountPool(), (connection) => connection.query('SELECT 1'), { canceller: getPool(), signal })
 */
export async function ask<Answer>(
  pool: Pool,
  question: (connection: Connection) => Promise<Answer>,
  options: CancelOptions,
): Promise<Answer> {
  const { signal } = options;
  if (signal?.aborted) throw errors.aborted();
  const client = await pool.connect();
  let isClean = false;
  const work = async () => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const answer = await question(client);
    await client.query('COMMIT');
    return answer;
  };
  try {
    const answer = await cancellable(client, work, options);
    isClean = signal?.aborted !== true;
    return answer;
  } catch (error) {
    throw sqlState(error) === sqlStates.queryCanceled ? tookTooLong(error) : error;
  } finally {
    client.release(!isClean);
  }
}

function tookTooLong(cause: unknown): AppError {
  return errors.unavailable(
    'Counting took too long and was stopped. Ask again when less is being loaded.',
    cause,
  );
}
