import { changeStructure } from './change-structure.ts';
import { columnName, tableName } from './names.ts';
import { ensureTable } from './physical-tables.ts';
import type { Connection, Pool } from './pool.ts';
import { sqlState, sqlStates } from './postgres-error.ts';
import { inTransaction } from './transaction.ts';

/*
 * Aliases live in the row of the Optimizely user, as a text column for each other table: at most one customer
 * of each table, and the later one replaces, without a lock of our own (docs/decisions/031-aliases.md).
 */

export interface AliasColumn {
  /** The built-in table of the service. */
  readonly tableId: number;
  readonly attributeId: number;
}

/**
 * Makes sure that an alias column and its index are there. A hash index: customer IDs are only ever looked
 * up whole, and nothing limits the length of what a file brings.
 */
export async function ensureAliasColumn(
  pool: Pool,
  { tableId, attributeId }: AliasColumn,
): Promise<void> {
  await ensureTable(pool, tableId, [{ attributeId, type: 'string' }]);
  const column = columnName(attributeId);
  if ((await hashIndexedColumns(pool, tableName(tableId))).includes(column)) return;
  await changeStructure(pool, tableId, (connection) =>
    createHashIndex(connection, tableName(tableId), column),
  );
}

/** Removes the column of a table that is deleted. May be called again. */
export async function dropAliasColumn(
  pool: Pool,
  { tableId, attributeId }: AliasColumn,
): Promise<void> {
  await changeStructure(pool, tableId, async (connection) => {
    await connection.query(
      `ALTER TABLE IF EXISTS ${tableName(tableId)} DROP COLUMN IF EXISTS ${columnName(attributeId)}`,
    );
  });
}

/** Gives one table the alias indexes of another that has the same columns, as far as it lacks them. */
export async function copyAliasIndexes(
  connection: Connection | Pool,
  { from, into }: { readonly from: string; readonly into: string },
): Promise<void> {
  const existing = await hashIndexedColumns(connection, into);
  for (const column of await hashIndexedColumns(connection, from)) {
    if (!existing.includes(column)) await createHashIndex(connection, into, column);
  }
}

/**
 * Optimizely users that are aliased to a customer, in the order of their IDs, at most `limit`.
 *
 * @example await listAliasedUsers(pool, { tableId: 12, attributeId: 34, customerId: 'c1', limit: 100 }) // ['oeu1', 'oeu2']
 */
export async function listAliasedUsers(
  pool: Pool,
  options: AliasColumn & { readonly customerId: string; readonly limit: number },
): Promise<string[]> {
  const { rows } = await pool.query<{ customer_id: string }>(
    `SELECT customer_id FROM ${tableName(options.tableId)}
     WHERE ${columnName(options.attributeId)} = $1 ORDER BY customer_id LIMIT $2`,
    [options.customerId, options.limit],
  );
  return rows.map((row) => row.customer_id);
}

/** Milliseconds that finding the first alias may take. */
const aliasSearchTime = 50;

/**
 * Whether any Optimizely user is aliased to a customer of the column's table. No is certain; where nobody was found in
 * the time that the question is worth, the answer is yes.
 *
 * @example await hasAliases(pool, { tableId: 12, attributeId: 34 }) // true
 */
export async function hasAliases(
  pool: Pool,
  { tableId, attributeId }: AliasColumn,
): Promise<boolean> {
  try {
    return await inTransaction(pool, async (connection) => {
      await connection.query(`SET LOCAL statement_timeout = ${aliasSearchTime}`);
      const { rowCount } = await connection.query(
        `SELECT FROM ${tableName(tableId)} WHERE ${columnName(attributeId)} IS NOT NULL LIMIT 1`,
      );
      return rowCount === 1;
    });
  } catch (error) {
    if (sqlState(error) === sqlStates.queryCanceled) return true;
    throw error;
  }
}

async function createHashIndex(
  connection: Connection | Pool,
  table: string,
  column: string,
): Promise<void> {
  await connection.query(`CREATE INDEX ON ${table} USING hash (${column})`);
}

async function hashIndexedColumns(
  connection: Connection | Pool,
  table: string,
): Promise<readonly string[]> {
  const { rows } = await connection.query<{ column: string }>(
    `SELECT attname AS column FROM pg_index
     JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
     JOIN pg_class AS index ON index.oid = indexrelid
     JOIN pg_am ON pg_am.oid = index.relam
     WHERE indrelid = to_regclass($1) AND amname = 'hash'`,
    [table],
  );
  return rows.map(({ column }) => column);
}
