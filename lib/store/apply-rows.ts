import type { EmptyCells } from './combine-duplicates.ts';
import { columnName, type StoredColumn } from './names.ts';
import type { Connection } from './pool.ts';
import { isDifferent } from './row-difference.ts';

export interface ApplyRowsOptions {
  /** Table with at most one row per customer. */
  readonly from: string;
  /** Only some of its rows, in the order of their customers; all when left out. */
  readonly slice?: Slice;
  /** The table's partition of the same customers. */
  readonly into: string;
  readonly columns: readonly StoredColumn[];
  readonly emptyCells: EmptyCells;
  readonly uploadId: number;
  /** What changed rows get as their time. */
  readonly updatedAt: Date;
  /** Another writer created a row between our two statements, so that this is a second try. */
  readonly isContended: boolean;
}

interface Slice {
  /** The last customer of the slice before; the empty text for the first one. */
  readonly after: string;
  readonly rows: number;
}

export interface AppliedRows {
  readonly created: number;
  readonly changed: number;
}

export interface AppliedSlice extends AppliedRows {
  readonly rows: number;
  /** Its last customer; `null` when it is empty. */
  readonly last: string | null;
}

/**
 * Writes rows into the table: changes what differs, creates what is missing, leaves equal rows alone. An
 * UPDATE and an INSERT rather than a MERGE: measured as fast (and twice as fast where nothing changed), and
 * they tell created from changed on every version of PostgreSQL.
 *
 * Other writers may be at the same customers. A row changed meanwhile is compared and merged again by
 * PostgreSQL itself. Both parts are one statement, because they have to see the same rows: then a row
 * created meanwhile makes the INSERT fail (23505), and the transaction is done again as contended.
 */
export async function applyRows(
  connection: Connection,
  options: ApplyRowsOptions,
): Promise<AppliedSlice> {
  const { slice } = options;
  const parameters = [options.updatedAt, options.uploadId, slice?.after ?? '', slice?.rows ?? null];
  const { rows } = await connection.query<SliceRow>(
    `WITH incoming AS MATERIALIZED (${incomingRows(options)}),
          created AS (${createRows(options)}), changed AS (${changeRows(options)})
     SELECT (SELECT count(*) FROM created) AS created, (SELECT count(*) FROM changed) AS changed,
            (SELECT count(*) FROM incoming) AS rows, (SELECT max(customer_id) FROM incoming) AS last`,
    parameters,
  );
  const [row] = rows;
  if (!row) throw new Error('Nothing was counted.');
  const counts = {
    created: Number(row.created),
    changed: Number(row.changed),
    rows: Number(row.rows),
    last: row.last,
  };
  if (!options.isContended || options.columns.length === 0) return counts;
  // Rows that somebody else created since the statement began; our own already are what they came from.
  const { rowCount } = await connection.query(
    `WITH incoming AS MATERIALIZED (${incomingRows(options)}) ${changeRows(options)}`,
    parameters,
  );
  return { ...counts, changed: counts.changed + (rowCount ?? 0) };
}

type SliceRow = Record<'created' | 'changed' | 'rows', string> & { last: string | null };

function namesOf(columns: readonly StoredColumn[]): string {
  return columns.map(({ attributeId }) => `, ${columnName(attributeId)}`).join('');
}

/**
 * What is to be applied, with what the table holds of it: most rows are looked up only here. Sorted, so that
 * neighbours in the index are looked up and written one after the other.
 */
function incomingRows({ from, into, columns, emptyCells }: ApplyRowsOptions): string {
  return `
    SELECT incoming.*, stored.customer_id IS NULL AS is_new,
           stored.customer_id IS NOT NULL AND ${isDifferent(columns, emptyCells)} AS is_changed
    FROM (
      SELECT customer_id${namesOf(columns)} FROM ${from}
      WHERE customer_id > $3 ORDER BY customer_id LIMIT $4::bigint
    ) AS incoming
    LEFT JOIN ${into} AS stored ON stored.customer_id = incoming.customer_id`;
}

function changeRows({ into, columns, emptyCells }: ApplyRowsOptions): string {
  if (columns.length === 0) return 'SELECT WHERE false';
  const assignments = columns.map(({ attributeId }) => {
    const name = columnName(attributeId);
    return emptyCells === 'clear'
      ? `${name} = incoming.${name}`
      : `${name} = COALESCE(incoming.${name}, stored.${name})`;
  });
  return `
    UPDATE ${into} AS stored
    SET ${assignments.join(', ')}, updated_at = $1::timestamptz, upload_id = $2::int
    FROM incoming
    WHERE incoming.is_changed AND stored.customer_id = incoming.customer_id
      AND ${isDifferent(columns, emptyCells)}
    RETURNING 1`;
}

function createRows({ into, columns, isContended }: ApplyRowsOptions): string {
  const names = namesOf(columns);
  return `
    INSERT INTO ${into} (customer_id, updated_at, upload_id${names})
    SELECT customer_id, $1::timestamptz, $2::int${names} FROM incoming
    WHERE is_new
    ${isContended ? 'ON CONFLICT (customer_id) DO NOTHING' : ''}
    RETURNING 1`;
}
