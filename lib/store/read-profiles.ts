import { columnName, tableName, type StoredColumn } from './names.ts';
import type { Pool } from './pool.ts';

export interface ReadProfilesOptions {
  readonly tableId: number;
  readonly columns: readonly StoredColumn[];
  readonly customerIds: readonly string[];
}

/**
 * Reads the rows of several customers at once, by customer ID; who has none is missing. Values are texts by
 * attribute id, as `readProfile` gives them.
 *
 * @example await readProfiles(pool, { tableId: 12, columns, customerIds: ['c1', 'c2'] }) // Map { 'c1' => Map { 34 => '5' } }
 */
export async function readProfiles(
  pool: Pool,
  { tableId, columns, customerIds }: ReadProfilesOptions,
): Promise<ReadonlyMap<string, ReadonlyMap<number, string | null>>> {
  const values = columns.map(({ attributeId }) => `, ${columnName(attributeId)}::text`);
  const { rows } = await pool.query<(string | null)[]>({
    text: `SELECT customer_id${values.join('')} FROM ${tableName(tableId)}
           WHERE customer_id = ANY($1::text[])`,
    values: [[...customerIds]],
    rowMode: 'array',
  });
  return new Map(
    rows.map(([customerId, ...cells]) => [
      customerId ?? '',
      new Map(columns.map(({ attributeId }, index) => [attributeId, cells[index] ?? null])),
    ]),
  );
}
