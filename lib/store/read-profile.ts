import { factsVersion } from './facts-version.ts';
import { columnName, tableName, type StoredColumn } from './names.ts';
import type { Pool } from './pool.ts';
import { prepared } from './prepared.ts';

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
  /** Of the facts (see `factsVersion`), at the moment at which the row was read. */
  readonly factsVersion: string;
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
  const { rows } = await pool.query<(string | null)[]>({
    ...prepared(statementOf(tableId, columns), [customerId]),
    rowMode: 'array',
    types: texts,
  });
  const [row] = rows;
  if (!row) return null;
  const [factsVersion, updatedAt, uploadId] = row;
  return {
    values: new Map(columns.map(({ attributeId }, index) => [attributeId, row[index + 3] ?? null])),
    // Only where it is asked for: making a date takes longer than the rest of this.
    get updatedAt() {
      return toDate(updatedAt ?? '');
    },
    uploadId: uploadId == null ? null : Number(uploadId),
    factsVersion: factsVersion ?? '',
  };
}

/** @example toDate('2026-05-04 14:55:23.123456+00') // sessions speak UTC */
function toDate(text: string): Date {
  return new Date(`${text.slice(0, 10)}T${text.slice(11).replace(/\+00$/, 'Z')}`);
}

/** Every value is a text already. */
const texts = { getTypeParser: () => (text: string) => text };

/** Made once for a list of columns, which is itself made once for each version of a table. */
const statements = new WeakMap<readonly StoredColumn[], { tableId: number; text: string }>();

function statementOf(tableId: number, columns: readonly StoredColumn[]): string {
  const known = statements.get(columns);
  if (known?.tableId === tableId) return known.text;
  const values = columns.map(({ attributeId }) => `, ${columnName(attributeId)}::text`);
  const text = `SELECT ${factsVersion}, updated_at, upload_id${values.join('')}
     FROM ${tableName(tableId)} WHERE customer_id = $1`;
  statements.set(columns, { tableId, text });
  return text;
}
