import { castType, differs } from './column-type.ts';
import { columnName, tableName, type StoredColumn } from './names.ts';
import type { Pool } from './pool.ts';

export interface WriteProfileOptions {
  readonly tableId: number;
  readonly customerId: string;
  /** What to set; attributes that are not named stay as they are. */
  readonly values: readonly StoredValue[];
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
  const changed = update && (await pool.query(update.text, update.values)).rowCount === 1;
  if (changed) return 'changed';
  const insert = insertStatement(options);
  const created = (await pool.query(insert.text, insert.values)).rowCount === 1;
  if (created) return 'created';
  // The row is there: as asked all along, or somebody created it just now.
  const changedAfterAll = update && (await pool.query(update.text, update.values)).rowCount === 1;
  return changedAfterAll ? 'changed' : 'unchanged';
}

/** Touches the row only where a value differs. `null` when there is nothing to set. */
function updateStatement({ tableId, customerId, values }: WriteProfileOptions): Statement | null {
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
           WHERE customer_id = $1 AND (${conditions.join(' OR ')})`,
    values: [customerId, ...values.map(({ value }) => value)],
  };
}

/** Creates the row, and counts it in the same statement. */
function insertStatement({ tableId, customerId, values }: WriteProfileOptions): Statement {
  const columns = values.map(({ attributeId }) => `, ${columnName(attributeId)}`);
  const parameters = values.map(({ type }, index) => `, $${index + 3}::${castType(type)}`);
  return {
    text: `WITH created AS (
             INSERT INTO ${tableName(tableId)} (customer_id, updated_at${columns.join('')})
             VALUES ($2, now()${parameters.join('')})
             ON CONFLICT (customer_id) DO NOTHING RETURNING customer_id
           )
           INSERT INTO profiles.row_count_delta (table_id, delta) SELECT $1::int, 1 FROM created`,
    values: [tableId, customerId, ...values.map(({ value }) => value)],
  };
}
