import type { EmptyCells } from './combine-duplicates.ts';
import { columnName, type StoredColumn } from './names.ts';
import type { Connection } from './pool.ts';
import { isDifferent } from './row-difference.ts';

export interface RowsToApply {
  /** Table made by `sortRows`, and which of its pages: the first, and the one behind the last. */
  readonly sorted: string;
  readonly pages: { readonly from: number; readonly to: number };
  /** The table's partition of the same customers. */
  readonly into: string;
}

export interface ApplyRowsOptions extends RowsToApply {
  readonly columns: readonly StoredColumn[];
  readonly emptyCells: EmptyCells;
  readonly uploadId: number;
  /** What changed rows get as their time. */
  readonly updatedAt: Date;
  /** Another writer created a row between our two statements, so that this is a second try. */
  readonly isContended: boolean;
}

export interface AppliedRows {
  readonly created: number;
  readonly changed: number;
}

export interface AppliedSlice extends AppliedRows {
  readonly rows: number;
}

/**
 * Writes rows into the table: creates what is missing, changes what differs. An UPDATE and an INSERT rather
 * than a MERGE: measured as fast (and twice as fast where nothing changed), and they tell created from changed
 * on every version of PostgreSQL.
 *
 * Rows are found at their place, and by their key if they have left it. Other writers may be at the same
 * customers. A row changed meanwhile is compared and merged again. A row created meanwhile makes the INSERT fail
 * (23505), and the transaction is done again as contended.
 */
export async function applyRows(
  connection: Connection,
  options: ApplyRowsOptions,
): Promise<AppliedSlice> {
  const { pages, updatedAt, uploadId, isContended, columns } = options;
  const parameters = [`(${pages.from},0)`, `(${pages.to},0)`, updatedAt, uploadId];
  const { rows } = await connection.query<Record<'rows' | 'known' | 'created' | 'changed', string>>(
    `WITH ${incomingRows(options)}, created AS (${createRows(options)}),
          changed AS (${changeRows(options, 'stored.ctid = incoming.place')})
     SELECT (SELECT count(*) FROM created) AS created, (SELECT count(*) FROM changed) AS changed,
            count(*) AS rows, count(place) AS known FROM incoming`,
    parameters,
  );
  const [row] = rows;
  if (!row) throw new Error('Nothing was counted.');
  const [created, changed] = [Number(row.created), Number(row.changed)];
  const counts = { created, changed, rows: Number(row.rows) };
  const areAllFound = !isContended && changed === Number(row.known);
  if (areAllFound || columns.length === 0) return counts;
  // Somebody else changed, deleted or created some of them; those that we changed already are what they came as.
  await connection.query('SET LOCAL enable_indexscan = on');
  const { rowCount } = await connection.query(
    `WITH ${incomingRows(options)} ${changeRows(options, 'true')}`,
    parameters,
  );
  return { ...counts, changed: changed + (rowCount ?? 0) };
}

function incomingRows({ sorted }: ApplyRowsOptions): string {
  return `incoming AS MATERIALIZED (
    SELECT * FROM ${sorted} WHERE ctid >= $1::tid AND ctid < $2::tid
  )`;
}

function changeRows({ into, columns, emptyCells }: ApplyRowsOptions, condition: string): string {
  if (columns.length === 0) return 'SELECT WHERE false';
  const assignments = columns.map(({ attributeId }) => {
    const name = columnName(attributeId);
    return emptyCells === 'clear'
      ? `${name} = incoming.${name}`
      : `${name} = COALESCE(incoming.${name}, stored.${name})`;
  });
  return `
    UPDATE ${into} AS stored
    SET ${assignments.join(', ')}, updated_at = $3::timestamptz, upload_id = $4::int
    FROM incoming
    WHERE ${condition} AND stored.customer_id = incoming.customer_id
      AND ${isDifferent(columns, emptyCells)}
    RETURNING 1`;
}

function createRows({ into, columns, isContended }: ApplyRowsOptions): string {
  const names = columns.map(({ attributeId }) => `, ${columnName(attributeId)}`).join('');
  return `
    INSERT INTO ${into} (customer_id, updated_at, upload_id${names})
    SELECT customer_id, $3::timestamptz, $4::int${names} FROM incoming WHERE place IS NULL
    ${isContended ? 'ON CONFLICT (customer_id) DO NOTHING' : ''}
    RETURNING 1`;
}
