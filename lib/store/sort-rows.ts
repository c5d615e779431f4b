import { analyzeColumn } from './analyze-column.ts';
import { columnName } from './names.ts';
import { pageOf } from './pages.ts';
import { countPasses, passOf, type RowsToCompare } from './passes.ts';
import type { Connection } from './pool.ts';
import { isDifferent } from './row-difference.ts';

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
 * Makes a table of the rows that are new or change something: first the new ones in the order of the key's
 * index, then, pass by pass, the others in the order of the rows that they change, whose place is in column
 * `place`. Rows that are in the table as they are now are left out: whoever changes them later comes after the
 * upload.
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
  const passes = await countPasses(connection, rows);
  await connection.query(
    `DROP TABLE IF EXISTS ${sorted};
     CREATE TABLE ${sorted} WITH (autovacuum_enabled = false) AS
     SELECT incoming.customer_id${names}, stored.ctid AS place,
            CASE WHEN stored.ctid IS NULL THEN 0 ELSE ${passOf('stored.ctid', passes)} END AS pass
     FROM ${from} AS incoming
     LEFT JOIN ${into} AS stored ON stored.customer_id = incoming.customer_id
     WHERE stored.customer_id IS NULL OR ${isDifferent(columns, emptyCells)}
     ORDER BY pass, place NULLS FIRST, incoming.customer_id`,
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
