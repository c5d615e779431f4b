import { longestShown } from '#lib/core/insight/summarise-values.ts';
import type { ValueCounts } from '#lib/core/insight/value-counts.ts';
import { columnName, tableName, type StoredColumn } from '../names.ts';
import type { Connection, Pool } from '../pool.ts';
import { inTransaction, type TransactionOptions } from '../transaction.ts';

/** Up to so many rows are all read. */
export const rowsReadWhole = 100_000;

/** Of larger tables, about so many; fewer of a table with hundreds of attributes, whose rows are far apart on the disk. */
const sampleRows = 50_000;
const fewestSampleRows = 10_000;
const mostValues = 2_500_000;

/** Values that are in memory at a time, counted as if each were another. */
const valuesAtOnce = 500_000;
const valuesPerFetch = 20_000;

export interface ReadValuesOptions extends TransactionOptions {
  readonly tableId: number;
  readonly columns: readonly StoredColumn[];
  /** Rows of the table, about. */
  readonly rowCount: number;
}

export interface ColumnValues {
  readonly column: StoredColumn;
  readonly rowsRead: number;
  /** Every row was read. */
  readonly isWhole: boolean;
  readonly counts: ValueCounts;
}

/**
 * Counts the values of a table's columns: all of a small table, those on some of the pages of a large one. Takes one core of the database
 * at most and flat memory, a few columns after the other. Texts are told apart by their first 201 characters.
 *
 * @example for await (const { column, counts } of readValues(pool, { tableId: 12, columns, rowCount: 1000 })) ...
 */
export async function* readValues(
  pool: Pool,
  { tableId, columns, rowCount, signal }: ReadValuesOptions,
): AsyncGenerator<ColumnValues> {
  const isWhole = rowCount <= rowsReadWhole;
  const wanted = isWhole ? Math.max(rowCount, 1) : sampleSize(columns.length);
  const source = isWhole
    ? tableName(tableId)
    : `${tableName(tableId)} TABLESAMPLE SYSTEM (${((100 * wanted) / rowCount).toFixed(6)})`;
  const columnsAtOnce = Math.max(1, Math.floor(valuesAtOnce / wanted));
  for (let from = 0; from < columns.length; from += columnsAtOnce) {
    const some = columns.slice(from, from + columnsAtOnce);
    const { rowsRead, counts } = await inTransaction(
      pool,
      (connection) => countValues(connection, source, some),
      signal ? { signal } : {},
    );
    for (const [index, column] of some.entries()) {
      yield { column, rowsRead, isWhole, counts: counts[index] ?? new Map<string, number>() };
    }
  }
}

function sampleSize(columns: number): number {
  const rows = Math.floor(mostValues / columns);
  return Math.min(sampleRows, Math.max(fewestSampleRows, rows));
}

async function countValues(
  connection: Connection,
  source: string,
  columns: readonly StoredColumn[],
): Promise<{ rowsRead: number; counts: Map<string, number>[] }> {
  const values = columns.map(valueOf).join(', ');
  await connection.query('SET LOCAL max_parallel_workers_per_gather = 0');
  await connection.query(
    `DECLARE read_values NO SCROLL CURSOR FOR SELECT ${values} FROM ${source}`,
  );
  const counts = columns.map(() => new Map<string, number>());
  const text = `FETCH ${Math.ceil(valuesPerFetch / columns.length)} FROM read_values`;
  for (let rowsRead = 0; ;) {
    const { rows } = await connection.query<(string | null)[]>({ text, rowMode: 'array' });
    if (rows.length === 0) return { rowsRead, counts };
    rowsRead += rows.length;
    for (const row of rows) row.forEach((value, index) => add(counts[index], value));
  }
}

function add(counts: Map<string, number> | undefined, value: string | null): void {
  if (value !== null) counts?.set(value, (counts.get(value) ?? 0) + 1);
}

/** No text of `longestShown` characters has more than four times as many bytes; a longer one is not read to its end. */
function valueOf({ attributeId, type }: StoredColumn): string {
  const column = columnName(attributeId);
  if (type === 'double') return `(${column} + 0)::text`;
  if (type !== 'string') return `${column}::text`;
  return `CASE WHEN octet_length(${column}) > ${4 * longestShown}
          THEN left(${column}, ${longestShown + 1}) ELSE ${column} END`;
}
