import { readHeader } from '#lib/core/csv/read-header.ts';
import { RowCells } from '#lib/core/csv/row-cells.ts';
import type { Header } from '#lib/core/csv/header.ts';

export type PastedColumn = {
  readonly name: string;
  /** Cells of the pasted rows below the header. */
  readonly samples: readonly string[];
};

export type PastedCsv =
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'columns'; readonly columns: readonly PastedColumn[]; readonly rows: number };

/** Samples beyond these say nothing new about a column's datatype. */
const maxRows = 200;

/** Reads a header line and any rows below it, as an upload would read them. */
export function readPastedCsv(text: string): PastedCsv {
  if (text.trim() === '') return { kind: 'empty' };
  const bytes = new TextEncoder().encode(text);
  const header = readHeader({ start: bytes, isWhole: true, fileName: 'pasted.csv' });
  if (header === null) return { kind: 'empty' };
  if (!header.ok) return { kind: 'unreadable', message: header.error.message };
  const { cells } = header.value;
  if (cells.length === 1 && cells[0]?.includes(';')) {
    return {
      kind: 'unreadable',
      message: 'The columns are separated by semicolons. Uploads need commas or tabs.',
    };
  }
  const rows = readRows(bytes, header.value);
  return {
    kind: 'columns',
    rows: rows.length,
    columns: cells.map((name, index) => ({
      name,
      samples: rows.map((row) => row[index] ?? ''),
    })),
  };
}

function readRows(bytes: Uint8Array, { byteLength, delimiter, cells }: Header): string[][] {
  const decoder = new TextDecoder();
  const row = new RowCells(delimiter);
  const rows: string[][] = [];
  for (const [start, end] of lineBounds(bytes, byteLength)) {
    if (rows.length === maxRows) break;
    row.split(bytes, start, end, cells.length);
    rows.push(
      Array.from({ length: row.count }, (_, index) =>
        decoder.decode(bytes.subarray(row.starts[index], row.ends[index])).replaceAll('""', '"'),
      ),
    );
  }
  return rows;
}

const lineFeed = 10;
const carriageReturn = 13;
const quote = 34;

/** Where each row stands; a line break inside quotation marks does not end one. */
function* lineBounds(bytes: Uint8Array, from: number): Generator<[number, number]> {
  let start = from;
  let isQuoted = false;
  for (let at = from; at <= bytes.length; at++) {
    const byte = bytes[at];
    if (byte === quote) isQuoted = !isQuoted;
    const isEnd = byte === undefined || byte === lineFeed || byte === carriageReturn;
    if (!isEnd || (isQuoted && byte !== undefined)) continue;
    if (at > start) yield [start, at];
    start = at + 1;
  }
}
