import { tableName } from './names.ts';
import type { Pool } from './pool.ts';

/**
 * Deletes one customer's row, and counts it in the same statement.
 *
 * @returns false when there was none.
 * @example await deleteProfile(pool, { tableId: 12, customerId: 'c1' }) // true
 */
export async function deleteProfile(
  pool: Pool,
  { tableId, customerId }: { readonly tableId: number; readonly customerId: string },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `WITH gone AS (DELETE FROM ${tableName(tableId)} WHERE customer_id = $2 RETURNING 1)
     INSERT INTO profiles.row_count_delta (table_id, delta) SELECT $1::int, -1 FROM gone`,
    [tableId, customerId],
  );
  return rowCount === 1;
}
