import type { Connection } from './pool.ts';

/** SQL for the number of a row's page, counted from 0. @param place SQL for the row's `ctid`. */
export function pageOf(place: string): string {
  return `(${place}::text::point)[0]`;
}

/** Of a table, as far as it is written. */
export async function countPages(connection: Connection, table: string): Promise<number> {
  const { rows } = await connection.query<{ pages: number }>(
    `SELECT (pg_relation_size($1::regclass) / current_setting('block_size')::int)::float8 AS pages`,
    [table],
  );
  return rows[0]?.pages ?? 0;
}
