import type { Connection } from './pool.ts';
import { pageOf } from './passes.ts';

export interface ChangedRows {
  /** Table made by `sortRows`, and which of its pages: the first, and the one behind the last. */
  readonly sorted: string;
  readonly pages: { readonly from: number; readonly to: number };
  /** The table's partition of the same customers. */
  readonly into: string;
}

/**
 * Frees the room of the rows that earlier passes left dead, on the pages where rows change next. Reading a page
 * does so, which a range of places asks for; going to one row at its place does not.
 */
export async function clearPages(
  connection: Connection,
  { sorted, pages, into }: ChangedRows,
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
