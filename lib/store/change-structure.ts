import { setTimeout as delay } from 'node:timers/promises';
import { errors } from '#lib/core/errors.ts';
import { tableName } from './names.ts';
import type { Connection, Pool } from './pool.ts';
import { sqlState, sqlStates } from './postgres-error.ts';
import { tableExists } from './table-exists.ts';
import { closeGate } from './table-gate.ts';
import { inTransaction, type TransactionOptions } from './transaction.ts';

/** While a statement waits for its table lock, every reader waits behind it; so it must not wait long. */
const lockTimeout = '100ms';
const patience = 30_000;
/** Those who waited get on with their work meanwhile. */
const pause = 250;

/**
 * Runs DDL on a table so that a lookup waits for it at most a tenth of a second, however busy the table
 * is: merges are held at the gate, and a lock that is not had at once is given up and tried again.
 *
 * @throws {AppError} `unavailable` when the table stays locked for half a minute.
 */
export async function changeStructure(
  pool: Pool,
  tableId: number,
  change: (connection: Connection) => Promise<void>,
): Promise<void> {
  const end = Date.now() + patience;
  const changeAll = (connection: Connection) => change(connection).then(() => true);
  while (!(await tryToChangeStructure(pool, tableId, changeAll))) {
    if (Date.now() > end) throw errors.unavailable('The table is busy. Try again in a minute.');
    await delay(pause);
  }
}

/**
 * As `changeStructure`, again and again until the table is free: for work that nobody waits for.
 *
 * @throws the signal's reason when it was aborted.
 */
export async function changeStructureWhenFree(
  pool: Pool,
  tableId: number,
  { prepare, change, signal }: PatientChange,
): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    await prepare?.();
    if (await tryToChangeStructure(pool, tableId, change)) return;
    await delay(pause, undefined, signal ? { signal } : {});
  }
}

export interface PatientChange extends TransactionOptions {
  /** What is done outside before each try. */
  readonly prepare?: () => Promise<void>;
  /** Tells whether it is done; if not, it is tried again. */
  readonly change: (connection: Connection) => Promise<boolean>;
}

/** @returns what `change` tells, and false when its lock was not to be had. */
async function tryToChangeStructure(
  pool: Pool,
  tableId: number,
  change: (connection: Connection) => Promise<boolean>,
): Promise<boolean> {
  try {
    return await inTransaction(pool, async (connection) => {
      await connection.query(`SET LOCAL lock_timeout = ${patience}`);
      await closeGate(connection, tableId);
      await connection.query(`SET LOCAL lock_timeout = '${lockTimeout}'`);
      await keepVacuumOut(connection, tableId);
      return change(connection);
    });
  } catch (error) {
    if (sqlState(error) === sqlStates.lockNotAvailable) return false;
    throw error;
  }
}

/**
 * VACUUM and ANALYZE keep out who changes the structure, for up to the length of a lock timeout, of each partition
 * anew. They are waited for with a lock that keeps nobody else out.
 */
async function keepVacuumOut(connection: Connection, tableId: number): Promise<void> {
  const table = tableName(tableId);
  if (!(await tableExists(connection, table))) return;
  await connection.query(`LOCK TABLE ${table} IN SHARE UPDATE EXCLUSIVE MODE`);
}
