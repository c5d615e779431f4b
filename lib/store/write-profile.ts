import { errors } from '../core/errors.ts';
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

/** `other-facts`: nothing was written, because the facts are not of the version that was asked for. */
export type WriteOutcome = 'created' | 'changed' | 'unchanged' | 'other-facts';

/** What the statement that creates a row found, all at one moment. */
interface Found {
  readonly hasOtherFacts: boolean;
  readonly isCreated: boolean;
  readonly isAsAsked: boolean;
}

interface Statement {
  readonly text: string;
  readonly values: (string | number | null)[];
}

/** Each one more means that somebody created or deleted the row between two statements. */
const mostTries = 10;

/**
 * Sets attributes of one customer, creating the row when there is none. A row that already is as asked is
 * not written to. Safe beside other writes and uploads: each attribute ends up as the last writer set it.
 *
 * @throws {AppError} `unavailable` when others create and delete the row all the time.
 * @example await writeProfile(pool, { tableId: 12, customerId: 'c1', values: [{ attributeId: 34, type: 'long', value: '5' }] }) // 'created'
 */
export async function writeProfile(
  pool: Pool,
  options: WriteProfileOptions,
): Promise<WriteOutcome> {
  const update = updateStatement(options);
  const insert = insertStatement(options);
  for (let tries = 1; tries <= mostTries; tries++) {
    if (update && (await run(pool, update)).rowCount === 1) return 'changed';
    const [found] = (await run(pool, insert)).rows;
    if (found?.hasOtherFacts) return 'other-facts';
    if (found?.isCreated) return 'created';
    if (found?.isAsAsked) return 'unchanged';
    // Somebody created or deleted it just now.
  }
  throw errors.unavailable('The row is being changed by others. Try again in a minute.');
}

function run(pool: Pool, { text, values }: Statement) {
  return pool.query<Found>(prepared(text, values));
}

/** Touches the row only where a value differs. `null` when there is nothing to set. */
function updateStatement(options: WriteProfileOptions): Statement | null {
  const { tableId, customerId, values } = options;
  if (values.length === 0) return null;
  const cells = cellsOf(values, 2);
  const assignments = cells.map(({ column, parameter }) => `${column} = ${parameter}`);
  return {
    text: `UPDATE ${tableName(tableId)}
           SET ${assignments.join(', ')}, updated_at = now(), upload_id = NULL
           WHERE customer_id = $1 AND (${anyDiffers(cells)})${onlyIfFacts(options, values.length + 2)}`,
    values: [customerId, ...values.map(({ value }) => value), ...versions(options)],
  };
}

/** Creates the row and counts it, or finds out why there was nothing to do: one row, of one moment. */
function insertStatement(options: WriteProfileOptions): Statement {
  const { tableId, customerId, values } = options;
  const cells = cellsOf(values, 3);
  const columns = cells.map(({ column }) => `, ${column}`);
  const parameters = cells.map(({ parameter }) => `, ${parameter}`);
  const condition = onlyIfFacts(options, values.length + 3);
  return {
    text: `WITH created AS (
             INSERT INTO ${tableName(tableId)} (customer_id, updated_at${columns.join('')})
             SELECT $2, now()${parameters.join('')} WHERE true${condition}
             ON CONFLICT (customer_id) DO NOTHING RETURNING customer_id
           ), counted AS (
             INSERT INTO profiles.row_count_delta (table_id, delta)
             SELECT $1::int, 1 FROM created RETURNING table_id
           )
           SELECT NOT (true${condition}) AS "hasOtherFacts", EXISTS (SELECT FROM counted) AS "isCreated",
                  EXISTS (SELECT FROM ${tableName(tableId)} WHERE customer_id = $2 AND NOT (${anyDiffers(cells)})) AS "isAsAsked"`,
    values: [tableId, customerId, ...values.map(({ value }) => value), ...versions(options)],
  };
}

interface Cell {
  readonly column: string;
  readonly parameter: string;
  readonly type: StoredValue['type'];
}

function cellsOf(values: readonly StoredValue[], firstParameter: number): Cell[] {
  return values.map(({ attributeId, type }, index) => ({
    column: columnName(attributeId),
    parameter: `$${index + firstParameter}::${castType(type)}`,
    type,
  }));
}

function anyDiffers(cells: readonly Cell[]): string {
  const conditions = cells.map(({ column, parameter, type }) => differs(type, column, parameter));
  return conditions.length === 0 ? 'false' : conditions.join(' OR ');
}

function onlyIfFacts({ onlyIfFacts }: WriteProfileOptions, parameter: number): string {
  return onlyIfFacts === undefined ? '' : ` AND ${factsVersion} = $${parameter}::bigint`;
}

function versions({ onlyIfFacts }: WriteProfileOptions): string[] {
  return onlyIfFacts === undefined ? [] : [onlyIfFacts];
}
