import { analyzeColumn } from './analyze-column.ts';
import { columnName } from './names.ts';
import { pageOf } from './pages.ts';
import { passesFor, passOf } from './passes.ts';
import type { Connection } from './pool.ts';
import { isDifferent } from './row-difference.ts';
import { sampleChanges, type RowsToCompare } from './sample-changes.ts';

export interface SortRowsOptions extends RowsToCompare {
  /** Name of the table to make. */
  readonly sorted: string;
}

/** Rows that are to be applied, as they lie in the table that `sortRows` made. */
export interface SortedRows {
  readonly rows: number;
  readonly pages: number;
  /** Of the rows, those of customers who are in the table already. */
  readonly known: number;
  /** The first page that has some of them; `pages` when none has. */
  readonly firstKnown: number;
  /** In how many passes over the table they come. */
  readonly passes: number;
}

/**
 * A scan that gives the places of its rows takes apart every row of the table, a third of the time of the
 * comparison. When fewer rows of it change than this part, their places are looked up by key instead.
 */
const fewChanges = 0.025;
/** When more rows than this part of the known ones change, comparing them before they are written is not worth it. */
const mostChanges = 0.9;

/**
 * Makes a table of the rows that are new or change something: first the new ones in the order of the key's
 * index, then, pass by pass, the others in the order of the rows that they change, whose place is in column
 * `place`. Rows that are in the table as they are now are left out: whoever changes them later comes after the
 * upload. Where nearly all rows change, the few that do not are not told apart.
 *
 * It outlives a crash of PostgreSQL, so that a page of it tells how far it was applied.
 */
export async function sortRows(
  connection: Connection,
  { sorted, ...rows }: SortRowsOptions,
): Promise<SortedRows> {
  const { from, into, columns, emptyCells } = rows;
  const names = columns.map(({ attributeId }) => `, incoming.${columnName(attributeId)}`).join('');
  await analyzeColumn(connection, from, 'customer_id');
  const changes = await sampleChanges(connection, rows);
  const place =
    changes.share < fewChanges
      ? `(SELECT ctid FROM ${into} AS found WHERE found.customer_id = stored.customer_id)`
      : 'stored.ctid';
  const isToApply =
    changes.shareOfKnown > mostChanges
      ? 'true'
      : `stored.customer_id IS NULL OR ${isDifferent(columns, emptyCells)}`;
  await connection.query(
    `DROP TABLE IF EXISTS ${sorted};
     CREATE TABLE ${sorted} WITH (autovacuum_enabled = false) AS
     SELECT *, CASE WHEN place IS NULL THEN 0 ELSE ${passOf('place', passesFor(changes))} END AS pass
     FROM (
       SELECT incoming.customer_id${names}, ${place} AS place
       FROM ${from} AS incoming
       LEFT JOIN ${into} AS stored ON stored.customer_id = incoming.customer_id
       WHERE ${isToApply}
     ) AS to_apply
     ORDER BY pass, place NULLS FIRST, customer_id`,
  );
  return measureSorted(connection, sorted);
}

/** @param sorted table made by `sortRows`. */
export async function measureSorted(connection: Connection, sorted: string): Promise<SortedRows> {
  // PostgreSQL adds pages by the dozen: the last ones may have no rows.
  const { rows } = await connection.query<{ [Name in keyof SortedRows]: number }>(
    `SELECT rows, known, passes, pages, COALESCE(${pageOf('first_known')}, pages) AS "firstKnown"
     FROM (
       SELECT count(*)::float8 AS rows, count(place)::float8 AS known,
              COALESCE(max(pass) + 1, 1)::float8 AS passes,
              min(ctid) FILTER (WHERE place IS NOT NULL) AS first_known,
              COALESCE(${pageOf('max(ctid)')} + 1, 0) AS pages
       FROM ${sorted}
     ) AS measured`,
  );
  const [row] = rows;
  if (!row) throw new Error('Nothing was measured.');
  return row;
}
