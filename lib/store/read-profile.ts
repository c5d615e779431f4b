import { columnName, tableName, type StoredColumn } from './names.ts';
import type { Pool } from './pool.ts';

export interface ReadProfileOptions {
  readonly tableId: number;
  readonly columns: readonly StoredColumn[];
  readonly customerId: string;
}

/** One customer's row in one table. */
export interface StoredProfile {
  /**
   * By attribute id, exactly as PostgreSQL prints them (`true`, `9223372036854775807`, `5e-324`,
   * `2024-02-29`, `2022-05-02 10:10:59`); `formatJsonValue` makes JSON of them. `null` where there is no value.
   */
  readonly values: ReadonlyMap<number, string | null>;
  readonly updatedAt: Date;
  /** The upload that last changed the row; `null` for a single write. */
  readonly uploadId: number | null;
}

/**
 * Reads one row, `null` when the customer has none.
 *
 * @example await readProfile(pool, { tableId: 12, columns: [{ attributeId: 34, type: 'long' }], customerId: 'c1' })
 * // { values: Map { 34 => '5' }, updatedAt, uploadId: 7 }
 */
export async function readProfile(
  pool: Pool,
  { tableId, columns, customerId }: ReadProfileOptions,
): Promise<StoredProfile | null> {
  const values = columns.map(({ attributeId }) => {
    const column = columnName(attributeId);
    return `, ${column}::text AS ${column}`;
  });
  const { rows } = await pool.query<ProfileRow>(
    `SELECT updated_at, upload_id${values.join('')}
     FROM ${tableName(tableId)} WHERE customer_id = $1`,
    [customerId],
  );
  const [row] = rows;
  if (!row) return null;
  return {
    values: new Map(
      columns.map(({ attributeId }) => [attributeId, row[columnName(attributeId)] ?? null]),
    ),
    updatedAt: row.updated_at,
    uploadId: row.upload_id,
  };
}

type ProfileRow = { updated_at: Date; upload_id: number | null } & Record<
  `a_${number}`,
  string | null
>;
