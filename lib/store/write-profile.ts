import { castType, differs } from './column-type.ts';
import { factsVersion } from './facts-version.ts';
import { columnName, tableName, type StoredColumn } from './names.ts';
import type { Pool } from './pool.ts';
import { prepared } from './prepared.ts';

export interface WriteProfileOptions {
  readonly tableId: number;
  readonly customerId: string;
  /** What to set; attributes that are not named stay as they are. */
  readonly values: readonly StoredValue[];
  /** Nothing is written unless the facts are of this version; see `factsVersion`. */
  readonly onlyIfFacts?: string;
}

export interface StoredValue extends StoredColumn {
  /** Text that PostgreSQL reads as the column's type; `null` clears the value. */
  readonly value: string | null;
}

export type WriteOutcome = 'created' | 'changed' | 'unchanged';

interface Statement {
  readonly text: string;
  readonly values: (string | number | null)[];
}

/**
 * Sets attributes of one customer, creating the row when there is none. A row that already is as asked is
 * not written to. Safe beside other writes and uploads: each attribute ends up as the last writer set it.
 *
 * @example await writeProfile(pool, { tableId: 12, customerId: 'c1', values: [{ attributeId: 34, type: 'long', value: '5' }] }) // 'created'
 */
export async function writeProfile(
  pool: Pool,
  options: WriteProfileOptions,
): Promise<WriteOutcome> {
  const update = updateStatement(options);
  if (update && (await writes(pool, update))) return 'changed';
  if (await writes(pool, insertStatement(options))) return 'created';
  // The row is there: as asked all along, or somebody created it just now.
  return update && (await writes(pool, update)) ? 'changed' : 'unchanged';
}

async function writes(pool: Pool, { text, values }: Statement): Promise<boolean> {
  return (await pool.query(prepared(text, values))).rowCount === 1;
}

/** Touches the row only where a value differs. `null` when there is nothing to set. */
function updateStatement(options: WriteProfileOptions): Statement | null {
  const { tableId, customerId, values } = options;
  if (values.length === 0) return null;
  const cells = values.map(({ attributeId, type }, index) => ({
    column: columnName(attributeId),
    parameter: `$${index + 2}::${castType(type)}`,
    type,
  }));
  const assignments = cells.map(({ column, parameter }) => `${column} = ${parameter}`);
  const conditions = cells.map(({ column, parameter, type }) => differs(type, column, parameter));
  return {
    text: `UPDATE ${tableName(tableId)}
           SET ${assignments.join(', ')}, updated_at = now(), upload_id = NULL
           WHERE customer_id = $1 AND (${conditions.join(' OR ')})${onlyIfFacts(options, values.length + 2)}`,
    values: [customerId, ...values.map(({ value }) => value), ...versions(options)],
  };
}

/** Creates the row, and counts it in the same statement. */
function insertStatement(options: WriteProfileOptions): Statement {
  const { tableId, customerId, values } = options;
  const columns = values.map(({ attributeId }) => `, ${columnName(attributeId)}`);
  const parameters = values.map(({ type }, index) => `, $${index + 3}::${castType(type)}`);
  return {
    text: `WITH created AS (
             INSERT INTO ${tableName(tableId)} (customer_id, updated_at${columns.join('')})
             SELECT $2, now()${parameters.join('')}
             WHERE true${onlyIfFacts(options, values.length + 3)}
             ON CONFLICT (customer_id) DO NOTHING RETURNING customer_id
           )
           INSERT INTO profiles.row_count_delta (table_id, delta) SELECT $1::int, 1 FROM created`,
    values: [tableId, customerId, ...values.map(({ value }) => value), ...versions(options)],
  };
}

function onlyIfFacts({ onlyIfFacts }: WriteProfileOptions, parameter: number): string {
  return onlyIfFacts === undefined ? '' : ` AND ${factsVersion} = $${parameter}::bigint`;
}

function versions({ onlyIfFacts }: WriteProfileOptions): string[] {
  return onlyIfFacts === undefined ? [] : [onlyIfFacts];
}
