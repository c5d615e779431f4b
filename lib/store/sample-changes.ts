import type { EmptyCells } from './combine-duplicates.ts';
import type { StoredColumn } from './names.ts';
import { countPages, pageOf } from './pages.ts';
import type { Connection } from './pool.ts';
import { isDifferent } from './row-difference.ts';

const sampledPages = 64;

export interface RowsToCompare {
  /** Table with at most one row per customer. */
  readonly from: string;
  /** The table's partition of the same customers. */
  readonly into: string;
  readonly columns: readonly StoredColumn[];
  readonly emptyCells: EmptyCells;
}

/** What an upload will change in a partition, judged by some of its pages. */
export interface SampledChanges {
  /** Of all rows, the part that changes. */
  readonly share: number;
  /** Of the rows that the upload brings as well, the part that changes. */
  readonly shareOfKnown: number;
  /** How many others change on the page of a changed row, as a part of the page's rows. */
  readonly neighbours: number;
}

const nothing: SampledChanges = { share: 0, shareOfKnown: 0, neighbours: 0 };

/** Compares the rows of 64 of the partition's pages, all of a smaller one; of an empty one nothing changes. */
export async function sampleChanges(
  connection: Connection,
  { from, into, columns, emptyCells }: RowsToCompare,
): Promise<SampledChanges> {
  const pages = await countPages(connection, into);
  if (pages === 0) return nothing;
  const { rows } = await connection.query<SampledChanges>(
    `SELECT COALESCE(sum(changed) / sum(stored), 0)::float8 AS share,
            COALESCE(sum(changed) / NULLIF(sum(known), 0), 0)::float8 AS "shareOfKnown",
            COALESCE(sum(changed * (changed - 1)) / NULLIF(sum(changed), 0) / avg(stored), 0)::float8
              AS neighbours
     FROM (
       SELECT count(*) AS stored, count(*) FILTER (WHERE is_known) AS known,
              count(*) FILTER (WHERE is_known AND is_changed) AS changed
       FROM (
         SELECT ${pageOf('stored.ctid')} AS page, incoming.customer_id IS NOT NULL AS is_known,
                ${isDifferent(columns, emptyCells)} AS is_changed
         FROM ${into} AS stored TABLESAMPLE SYSTEM (${Math.min(100, (100 * sampledPages) / pages)})
         LEFT JOIN ${from} AS incoming ON incoming.customer_id = stored.customer_id
         OFFSET 0 -- or PostgreSQL hands all columns of both on, more than it can of 1,000 attributes
       ) AS compared
       GROUP BY page
     ) AS sampled`,
  );
  return rows[0] ?? nothing;
}
