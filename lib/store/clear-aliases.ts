import type { AliasColumn } from './alias-columns.ts';
import { columnName, tableName } from './names.ts';
import type { Pool } from './pool.ts';

/**
 * Takes a customer's ID away from every Optimizely user that is aliased to it; their rows stay.
 *
 * @returns how many aliases there were.
 * @example await clearAliases(pool, { tableId: 12, attributeId: 34, customerId: 'c1' }) // 2
 */
export async function clearAliases(
  pool: Pool,
  { tableId, attributeId, customerId }: AliasColumn & { readonly customerId: string },
): Promise<number> {
  const column = columnName(attributeId);
  const { rowCount } = await pool.query(
    `UPDATE ${tableName(tableId)} SET ${column} = NULL, updated_at = now(), upload_id = NULL
     WHERE ${column} = $1`,
    [customerId],
  );
  return rowCount ?? 0;
}
