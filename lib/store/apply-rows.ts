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
  const { rows } = await connection.query<FirstTry>(
    `WITH ${incomingRows(options)}, created AS (${createRows(options)}),
          changed AS (${changeRows(options, 'stored.ctid = incoming.place')})
     SELECT count(*)::float8 AS rows,
            (SELECT count(*) FROM created)::float8 AS created,
            (SELECT count(*) FROM changed)::float8 AS changed,
            CASE WHEN (SELECT count(*) FROM changed) < count(place) THEN (
              SELECT array_agg(customer_id) FROM incoming
              WHERE place IS NOT NULL AND place NOT IN (SELECT place FROM changed)
            ) END AS unchanged
     FROM incoming`,
    parameters,
  );
  const [row] = rows;
  if (!row) throw new Error('Nothing was counted.');
  const { unchanged, ...counts } = row;
  if (columns.length === 0 || (unchanged === null && !isContended)) return counts;
  // They equal the row at their place, or somebody else changed or deleted it, or created them.
  await connection.query('SET LOCAL enable_indexscan = on');
  const { rowCount } = await connection.query(
    `WITH ${incomingRows(options)}
     ${changeRows(options, '($5::text[] IS NULL OR incoming.customer_id = ANY($5))')}`,
    [...parameters, isContended ? null : unchanged],
  );
  return { ...counts, changed: counts.changed + (rowCount ?? 0) };
}

interface FirstTry extends AppliedSlice {
  /** Customers whose place is known and whose row was not changed there; `null` when there are none. */
  readonly unchanged: readonly string[] | null;
}

function incomingRows({ sorted }: ApplyRowsOptions): string {
  return `incoming AS MATERIALIZED (
    SELECT * FROM ${sorted} WHERE ctid >= $1::tid AND ctid < $2::tid
  )`;
}

function changeRows({ into, columns, emptyCells }: ApplyRowsOptions, condition: string): string {
  if (columns.length === 0) return 'SELECT NULL::tid AS place WHERE false';
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
    RETURNING incoming.place`;
}

function createRows({ into, columns, isContended }: ApplyRowsOptions): string {
  const names = columns.map(({ attributeId }) => `, ${columnName(attributeId)}`).join('');
  return `
    INSERT INTO ${into} (customer_id, updated_at, upload_id${names})
    SELECT customer_id, $3::timestamptz, $4::int${names} FROM incoming WHERE place IS NULL
    ${isContended ? 'ON CONFLICT (customer_id) DO NOTHING' : ''}
    RETURNING 1`;
}
