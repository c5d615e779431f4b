import type { EmptyCells } from './combine-duplicates.ts';
import type { StoredColumn } from './names.ts';
import { countPages, pageOf } from './pages.ts';
import type { Connection } from './pool.ts';
import { isDifferent } from './row-difference.ts';

/*
 * The new version of a row goes into the free room of its page, a tenth of it, and then the key's index is left
 * alone. Where more rows of a page change than fit, they are changed in several passes over the table: until
 * the next one comes, the versions before are dead, and their room is free again.
 */

/** Of a page's rows, so many are changed in one pass: half of what its room would do for. */
const passShare = 0.05;
const mostPasses = 32;
const sampledPages = 64;

export interface RowsToCompare {
  /** Table with at most one row per customer. */
  readonly from: string;
  /** The table's partition of the same customers. */
  readonly into: string;
  readonly columns: readonly StoredColumn[];
  readonly emptyCells: EmptyCells;
}

/** In how many passes rows are changed, by how many others change on the page of one; from a sample of pages. */
export async function countPasses(
  connection: Connection,
  { from, into, columns, emptyCells }: RowsToCompare,
): Promise<number> {
  const pages = await countPages(connection, into);
  if (pages === 0) return 1;
  const { rows } = await connection.query<{ others: number | null; all: number | null }>(
    `SELECT (sum(changed * (changed - 1)) / NULLIF(sum(changed), 0))::float8 AS others,
            avg(all_rows)::float8 AS all
     FROM (
       SELECT count(*) AS all_rows, count(incoming.customer_id) AS changed
       FROM ${into} AS stored TABLESAMPLE SYSTEM (${Math.min(100, (100 * sampledPages) / pages)})
       LEFT JOIN ${from} AS incoming
         ON incoming.customer_id = stored.customer_id AND ${isDifferent(columns, emptyCells)}
       GROUP BY ${pageOf('stored.ctid')}
     ) AS sampled`,
  );
  const { others, all } = rows[0] ?? { others: null, all: null };
  if (others === null || all === null) return 1;
  const passes = Math.ceil(others / Math.max(1, passShare * all));
  return Math.min(mostPasses, Math.max(1, passes));
}

/** SQL for the pass that a row of the table is changed in, counted from 0. */
export function passOf(place: string, passes: number): string {
  return passes === 1 ? '0' : `((hashtid(${place}) & 2147483647) % ${passes})`;
}
