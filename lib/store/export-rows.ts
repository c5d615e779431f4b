import { to as copyTo } from 'pg-copy-streams';
import { columnName, tableName, type StoredColumn } from './names.ts';
import type { Pool } from './pool.ts';

export interface ExportedColumn extends StoredColumn {
  /** Header of a CSV file, key of NDJSON. */
  readonly name: string;
}

export interface ExportRowsOptions {
  readonly tableId: number;
  readonly columns: readonly ExportedColumn[];
  /** `csv` without a header line; `ndjson` with `{"customerId": ..., "data": {...}}` on each line. */
  readonly format: 'csv' | 'ndjson';
  /** Milliseconds that a reader may take for a piece; a minute unless told. */
  readonly patienceMs?: number;
}

/**
 * All rows of a table as they stand at one moment, in no particular order, as bytes that PostgreSQL writes:
 * memory stays flat, and a reader who is slow or gone slows or ends the query. A cell without a value is
 * empty and an empty text is `""`, so that the file means the same when it is uploaded. A reader who does not read on for long
 * holds nothing any more: neither the session nor the lock on the table, which would keep its structure from being changed.
 *
 * @throws {Error} when the reader asks for more after that.
 */
export async function* exportRows(
  pool: Pool,
  options: ExportRowsOptions,
): AsyncGenerator<Buffer<ArrayBuffer>> {
  const client = await pool.connect();
  const stream = client.query(
    copyTo(options.format === 'csv' ? csvOf(options) : ndjsonOf(options)),
  );
  let isHeld = true;
  // In the middle of its answer a session is of no use to others.
  const release = (isWhole: boolean) => {
    if (isHeld) client.release(!isWhole);
    isHeld = false;
  };
  const giveUp = () => {
    stream.destroy(new Error('The reader of an export did not read on.'));
    release(false);
  };
  let isWhole = false;
  try {
    for await (const chunk of stream) {
      const timer = setTimeout(giveUp, options.patienceMs ?? 60_000);
      try {
        yield chunk as Buffer<ArrayBuffer>;
      } finally {
        clearTimeout(timer);
      }
    }
    isWhole = true;
  } finally {
    release(isWhole);
  }
}

function csvOf({ tableId, columns }: ExportRowsOptions): string {
  const texts = columns.filter(({ type }) => type === 'string');
  const quoted = ['customer_id', ...texts.map(({ attributeId }) => columnName(attributeId))];
  const cells = columns.map((column) => `, ${cellOf(column)} AS ${columnName(column.attributeId)}`);
  return `COPY (SELECT customer_id${cells.join('')} FROM ${tableName(tableId)})
          TO STDOUT (FORMAT csv, ENCODING 'UTF8', FORCE_QUOTE (${quoted.join(', ')}))`;
}

function cellOf({ attributeId, type }: ExportedColumn): string {
  const column = columnName(attributeId);
  return type === 'datetime' ? isoOf(column) : `${column}::text`;
}

/**
 * JSON text has no control characters, so with two of them as quote and delimiter COPY adds nothing to it.
 * Whole numbers beyond ±(2^53 − 1) are strings, as the profile API has them.
 */
function ndjsonOf({ tableId, columns }: ExportRowsOptions): string {
  const members = columns.map((column) => {
    const key = `${JSON.stringify(column.name)}:`.replaceAll("'", "''");
    return `'${key}' || ${jsonOf(column)}`;
  });
  const data = `array_to_string(ARRAY[${members.join(', ')}]::text[], ',')`;
  return `COPY (SELECT '{"customerId":' || to_json(customer_id) || ',"data":{' || ${data} || '}}'
                FROM ${tableName(tableId)})
          TO STDOUT (FORMAT csv, ENCODING 'UTF8', DELIMITER E'\\x02', QUOTE E'\\x01')`;
}

function jsonOf({ attributeId, type }: ExportedColumn): string {
  const column = columnName(attributeId);
  switch (type) {
    case 'long':
    case 'epoch':
      return `CASE WHEN abs(${column}) <= 9007199254740991 THEN ${column}::text ELSE '"' || ${column}::text || '"' END`;
    case 'datetime':
      return `to_json(${isoOf(column)})::text`;
    default:
      return `to_json(${column})::text`;
  }
}

function isoOf(column: string): string {
  return `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
}
