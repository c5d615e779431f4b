import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { cancelStatements } from './cancel-statement.ts';
import type { Connection, Pool } from './pool.ts';
import { sqlState, sqlStates } from './postgres-error.ts';

/** Another transaction was in the way; the same work succeeds when it is done again. */
const conflicts: ReadonlySet<string> = new Set([
  sqlStates.uniqueViolation,
  sqlStates.serializationFailure,
  sqlStates.deadlockDetected,
]);

const mostTries = 10;
const longestPause = 1_000;

export interface TransactionOptions {
  /** Ends a statement under way at once and undoes the transaction. */
  readonly signal?: AbortSignal;
}

/**
 * Runs `work` in one read-committed transaction. A throw, a lost connection or an abort undoes all of it.
 *
 * @example await inTransaction(pool, async (connection) => { await connection.query('SELECT 1'); });
 */
export async function inTransaction<Result>(
  pool: Pool,
  work: (connection: Connection) => Promise<Result>,
  { signal }: TransactionOptions = {},
): Promise<Result> {
  return withSession(pool, signal, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
    const result = await work(client);
    signal?.throwIfAborted();
    await client.query('COMMIT');
    return result;
  });
}

/**
 * As `inTransaction`, and again from the start when another transaction was in the way.
 *
 * @param work is told how many times it was tried, this time included.
 */
export async function inRetriedTransaction<Result>(
  pool: Pool,
  work: (connection: Connection, tries: number) => Promise<Result>,
  options: TransactionOptions = {},
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await inTransaction(pool, (connection) => work(connection, tries), options);
    } catch (error) {
      if (tries === mostTries || !conflicts.has(sqlState(error) ?? '')) throw error;
      await delay(Math.random() * Math.min(longestPause, 10 * 2 ** tries));
    }
  }
}

/** Runs a statement that may not be part of a transaction. An abort ends it at once. */
export async function runAlone(
  pool: Pool,
  statement: string,
  { signal }: TransactionOptions = {},
): Promise<void> {
  await withSession(pool, signal, (client) => client.query(statement));
  signal?.throwIfAborted();
}

/** Once it was asked to end a statement, a server that does not answer for so many milliseconds counts as gone. */
const patience = 5_000;

/** Runs `work` on a session, and ends its statements once the signal is aborted. */
async function withSession<Result>(
  pool: Pool,
  signal: AbortSignal | undefined,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  const client = await pool.connect();
  const ended = new AbortController();
  let isReleased = false;
  const release = (isBroken: boolean) => {
    if (!isReleased) client.release(isBroken);
    isReleased = true;
  };
  let timer: NodeJS.Timeout | undefined;
  const onAbort = () => {
    void cancelStatements(pool, client, ended.signal);
    timer = setTimeout(() => release(true), patience);
  };
  signal?.addEventListener('abort', onAbort);
  let isClean = false;
  try {
    signal?.throwIfAborted();
    const result = await work(client);
    isClean = true;
    return result;
  } catch (error) {
    ended.abort();
    isClean = await rollBack(client);
    signal?.throwIfAborted();
    throw error;
  } finally {
    ended.abort();
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    // A cancel request may still be on its way to this session.
    release(!isClean || signal?.aborted === true);
  }
}

async function rollBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}
