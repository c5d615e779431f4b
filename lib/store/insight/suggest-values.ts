import { foldCase } from '#lib/core/audience/fold-case.ts';
import { longestShown } from '#lib/core/insight/summarise-values.ts';
import { foldCaseFunction } from '../audience/fold-case.ts';
import { columnName, partitionName, partitions, tableName, type StoredColumn } from '../names.ts';
import type { Pool } from '../pool.ts';

/** Rows of so many pages, 4 MB, are looked through in about 10 ms. */
const chunkPages = 512;
/** More different values than that, in one chunk, are hardly the frequent ones. */
const mostOfChunk = 2_000;
/** Milliseconds after which no other chunk is begun. */
const patience = 100;

export interface SuggestValuesOptions {
  readonly tableId: number;
  readonly column: StoredColumn;
  /** Of the value's text, in any case; empty for all. */
  readonly prefix: string;
  readonly limit: number;
}

export interface Suggestions {
  /** As PostgreSQL prints them, the most frequent first. */
  readonly values: readonly string[];
  /** The whole table was looked through, and these are all. */
  readonly isComplete: boolean;
}

/**
 * Values of a column that begin with a text. Without an index on every column a large table cannot be searched while somebody types, so it is
 * looked through in chunks, spread over it, until the time is up: what is frequent is found, what is rare may not be.
 *
 * @example await suggestValues(pool, { tableId: 12, column, prefix: 'par', limit: 20 }) // { values: ['Paris'], isComplete: true }
 */
export async function suggestValues(
  pool: Pool,
  { tableId, column, prefix, limit }: SuggestValuesOptions,
): Promise<Suggestions> {
  const chunks = spread(await listChunks(pool, tableId));
  const counts = new Map<string, number>();
  const until = performance.now() + patience;
  let done = 0;
  for (const chunk of chunks) {
    if (performance.now() > until) break;
    const { rows } = await pool.query<{ value: string; count: string }>(searchOf(chunk, column), [
      `${likePrefix(column, prefix)}%`,
    ]);
    for (const { value, count } of rows) {
      counts.set(value, (counts.get(value) ?? 0) + Number(count));
    }
    done += 1;
  }
  const values = [...counts]
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([value]) => value);
  return { values, isComplete: done === chunks.length && counts.size <= limit };
}

interface Chunk {
  readonly relation: string;
  readonly firstPage: number;
}

async function listChunks(pool: Pool, tableId: number): Promise<Chunk[]> {
  const relations = partitions.map((partition) => partitionName(tableName(tableId), partition));
  const { rows } = await pool.query<{ relation: string; pages: string | null }>(
    `SELECT relation, pg_relation_size(to_regclass(relation)) / current_setting('block_size')::int AS pages
     FROM unnest($1::text[]) AS relations (relation)`,
    [relations],
  );
  return rows.flatMap(({ relation, pages }) =>
    Array.from({ length: Math.ceil(Number(pages ?? 0) / chunkPages) }, (_, index) => ({
      relation,
      firstPage: index * chunkPages,
    })),
  );
}

/** Far apart ones one after the other: neighbours on the disk often came with one file. */
function spread(chunks: readonly Chunk[]): Chunk[] {
  const step = 1 + Math.floor(Math.sqrt(chunks.length));
  return chunks
    .map((_, index) => index)
    .sort((a, b) => (a % step) - (b % step) || a - b)
    .flatMap((index) => chunks[index] ?? []);
}

function searchOf({ relation, firstPage }: Chunk, column: StoredColumn): string {
  const name = columnName(column.attributeId);
  return `
    SELECT ${name}::text AS value, count(*) AS count FROM ${relation}
    WHERE ctid >= '(${firstPage},0)' AND ctid < '(${firstPage + chunkPages},0)'
      AND ${name} IS NOT NULL AND ${matchOf(column)}
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${mostOfChunk}`;
}

/** A text that cannot be shown, being too long or empty, is not looked at: case stops what stands behind it. */
function matchOf({ attributeId, type }: StoredColumn): string {
  const name = columnName(attributeId);
  if (type !== 'string') return `${name}::text LIKE $1`;
  return `CASE WHEN ${name} = '' OR octet_length(${name}) > ${4 * longestShown} THEN FALSE
          WHEN length(${name}) > ${longestShown} THEN FALSE
          ELSE ${foldCaseFunction}(${name}) LIKE $1 END`;
}

function likePrefix({ type }: StoredColumn, prefix: string): string {
  return printed(type, prefix).replaceAll(/[\\%_]/g, String.raw`\$&`);
}

/** The text as PostgreSQL would print a value that begins with it. */
function printed(type: StoredColumn['type'], prefix: string): string {
  switch (type) {
    case 'string':
      return foldCase(prefix);
    case 'datetime':
      return prefix.trim().toUpperCase().replace('T', ' ').replace('Z', '');
    default:
      return prefix.trim().toLowerCase();
  }
}
