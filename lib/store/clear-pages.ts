import type { RowsToApply } from './apply-rows.ts';
import { pageOf } from './pages.ts';
import type { Connection } from './pool.ts';

/**
 * Frees the room of the rows that earlier passes left dead, on the pages where rows change next. Reading a page
 * does so, which a range of places asks for; going to one row at its place does not.
 */
export async function clearPages(
  connection: Connection,
  { sorted, pages, into }: RowsToApply,
): Promise<void> {
  await connection.query(
    `SELECT count((SELECT 1 FROM ${into} AS page WHERE page.ctid >= place AND page.ctid <= place))
     FROM (
       SELECT DISTINCT ON (${pageOf('place')}) place FROM ${sorted}
       WHERE ctid >= $1::tid AND ctid < $2::tid AND pass > 0
     ) AS changed`,
    [`(${pages.from},0)`, `(${pages.to},0)`],
  );
}
