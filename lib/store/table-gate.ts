import type { Connection } from './pool.ts';

/*
 * A table's gate is an advisory lock. Merges hold it shared, for the length of their transaction. Whoever
 * needs the table without any merge under way (a change of columns, a worker that takes over) takes it
 * exclusively: waiting merges then queue up at the gate, not inside PostgreSQL's table locks, where every
 * reader would queue behind them. Readers and single writes never touch the gate.
 */

/** First half of the two-part lock key; the table id is the second. Arbitrary, but fixed. */
const gateClass = 0x0dc90001;

/** Lets the transaction merge into the table, from now until it ends. */
export async function passGate(connection: Connection, tableId: number): Promise<void> {
  await connection.query('SELECT pg_advisory_xact_lock_shared($1, $2)', [gateClass, tableId]);
}

/** Waits for merges under way, then keeps others out until the transaction ends. */
export async function closeGate(connection: Connection, tableId: number): Promise<void> {
  await connection.query('SELECT pg_advisory_xact_lock($1, $2)', [gateClass, tableId]);
}
