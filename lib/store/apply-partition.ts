import type { EmptyCells } from './combine-duplicates.ts';
import { isDifferent } from './row-difference.ts';
import { columnName, type StoredColumn } from './names.ts';
import type { Connection } from './pool.ts';

export interface ApplyPartitionOptions {
  /** Staging partition, at most one row per customer. */
  readonly from: string;
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

export interface AppliedRows {
  readonly created: number;
  readonly changed: number;
}

/**
 * Writes staged rows into the table: changes what differs, creates what is missing, leaves equal rows
 * alone. An UPDATE and an INSERT rather than a MERGE: measured as fast (and twice as fast where nothing
 * changed), and they tell created from changed on every version of PostgreSQL.
 *
 * Other writers may be at the same customers. A row changed meanwhile is compared and merged again by
 * PostgreSQL itself. Both parts are one statement, because they have to see the same rows: then a row
 * created meanwhile makes the INSERT fail (23505), and the transaction is done again as contended.
 */
export async function applyPartition(
  connection: Connection,
  options: ApplyPartitionOptions,
): Promise<AppliedRows> {
  const parameters = [options.updatedAt, options.uploadId];
  const { rows } = await connection.query<Record<keyof AppliedRows, string>>(
    `WITH created AS (${createRows(options)}), changed AS (${changeRows(options)})
     SELECT (SELECT count(*) FROM created) AS created, (SELECT count(*) FROM changed) AS changed`,
    parameters,
  );
  const created = Number(rows[0]?.created ?? 0);
  const changed = Number(rows[0]?.changed ?? 0);
  if (!options.isContended || options.columns.length === 0) return { created, changed };
  // Rows that somebody else created since the statement began; our own already are what they came from.
  const { rowCount } = await connection.query(changeRows(options), parameters);
  return { created, changed: changed + (rowCount ?? 0) };
}

function namesOf(columns: readonly StoredColumn[]): string {
  return columns.map(({ attributeId }) => `, ${columnName(attributeId)}`).join('');
}

function changeRows(options: ApplyPartitionOptions): string {
  const { into, columns, emptyCells } = options;
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
    FROM ${options.from} AS incoming
    WHERE stored.customer_id = incoming.customer_id
      AND ${isDifferent(columns, emptyCells)}
    RETURNING 1`;
}

/** Sorted, so that neighbours in the index are written one after the other. */
function createRows(options: ApplyPartitionOptions): string {
  const { from, into, columns, isContended } = options;
  const names = namesOf(columns);
  return `
    INSERT INTO ${into} (customer_id, updated_at, upload_id${names})
    SELECT customer_id, $1::timestamptz, $2::int${names} FROM ${from} AS incoming
    WHERE NOT EXISTS (SELECT FROM ${into} AS stored WHERE stored.customer_id = incoming.customer_id)
    ORDER BY customer_id
    ${isContended ? 'ON CONFLICT (customer_id) DO NOTHING' : ''}
    RETURNING 1`;
}
