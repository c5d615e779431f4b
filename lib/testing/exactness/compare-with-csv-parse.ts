import { deepStrictEqual, ok } from 'node:assert';
import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { attributesOf, scanFile } from '#lib/core/csv/scan-file.fixture.ts';
import type { Delimiter, RejectCode } from '#lib/core/csv/types.ts';
import { generateCsv, type GeneratedCsv } from './generate-csv.ts';
import type { Random } from './generate-cells.ts';

/** Cells as text of one character per byte; `null` for unquoted empty ones. */
type Row = (string | null)[];

export interface ComparedWithCsvParse {
  /** Of rows that both read. */
  readonly cells: number;
  readonly files: number;
  /** To csv-parse they are malformed as a whole. */
  readonly refusedFiles: number;
}

/**
 * Reads generated files with the scanner and with csv-parse: they must see the same rows, byte for byte, and each row
 * that cannot be stored must be rejected for what is wrong with it. What csv-parse reads by other rules:
 *
 * - Blanks around quoted cells make it refuse the file, unless it is told to trim, and then it trims what is not quoted,
 *   too. Such files are compared by trimmed cells; all others by every byte.
 * - A quotation mark in the wrong place makes it refuse a file from there on; ours rejects that row and reads on. No
 *   rows can be compared then, and no cell is counted: of such a file ours must reject something, and what it accepts
 *   must be rows as they should be to csv-parse as well.
 * - When it trims, it takes `"" "a"` for one quoted cell, which no writer means. That counts as refused, too.
 * - NUL and broken UTF-8 mean nothing to it. It is given each byte as a character, and `faultOf` knows what may not pass.
 *
 * @param wanted cells to compare, at least.
 * @throws {AssertionError} with the file at the first difference.
 */
export function compareWithCsvParse(random: Random, wanted: number): ComparedWithCsvParse {
  const sums = { cells: 0, files: 0, refusedFiles: 0 };
  while (sums.cells < wanted) {
    const cells = compareFile(generateCsv(random));
    sums.files += 1;
    sums.cells += cells ?? 0;
    if (cells === null) sums.refusedFiles += 1;
  }
  return sums;
}

/** @returns the cells compared; `null` when csv-parse refuses the file. */
function compareFile(file: GeneratedCsv): number | null {
  const { header, body, delimiter, lineEnd, names, chunks } = file;
  const scanned = scanFile(Buffer.concat([Buffer.from(header + lineEnd), body]), {
    attributes: attributesOf(Object.fromEntries(names.map((name) => [name, 'string']))),
    fileName: delimiter === ',' ? 'a.csv' : 'a.tsv',
    ...(chunks ? { chunks } : {}),
  });
  const title = JSON.stringify({ ...file, body: body.toString('latin1') });
  const judge = (row: Row) => faultOf(row, header.split(delimiter));
  const isTrimmed = readRows(body, delimiter, false) === null;
  const expected = readRows(body, delimiter, isTrimmed);
  const accepted = readRows(scanned.accepted, delimiter, isTrimmed);
  ok(accepted, title);
  if (expected === null) {
    ok(scanned.rejects.length > 0, title);
    deepStrictEqual(accepted.length, scanned.acceptedRows, title);
    deepStrictEqual(accepted.map(judge).filter(Boolean), [], title);
    return null;
  }
  const good = expected.filter((row) => judge(row) === null);
  deepStrictEqual(accepted, good, title);
  const faults = expected.flatMap((row) => judge(row) ?? []);
  deepStrictEqual(codesOf(scanned.rejects), faults, title);
  return expected.reduce((sum, row) => sum + row.length, 0);
}

function codesOf(rejects: readonly { readonly code: RejectCode }[]): RejectCode[] {
  return rejects.map(({ code }) => code);
}

/** What a row looks like whose every quotation mark is in its place. */
const shapes = { ',': shapeOfRow(','), '\t': shapeOfRow('\t') };

function shapeOfRow(delimiter: Delimiter): RegExp {
  const cell = `(?:[ \\t]*"(?:[^"]|"")*"[ \\t]*|[^"\r\n${delimiter}]*)`;
  return new RegExp(`^${cell}(?:${delimiter}${cell})*[\r\n]*$`);
}

/** `null` when csv-parse refuses the file. */
function readRows(csv: Buffer, delimiter: Delimiter, isTrimmed: boolean): Row[] | null {
  try {
    // A line of blanks is a row of one cell. When it trims, csv-parse needs to see its end to find it, and its raw text
    // to tell it from an empty line.
    const text = csv.toString('latin1') + (isTrimmed ? '\n' : '');
    const rows = parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      trim: isTrimmed,
      raw: true,
      cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
    }) as unknown as { raw: string; record: Row }[];
    if (rows.some(({ raw }) => !shapes[delimiter].test(raw))) return null;
    return rows.flatMap(({ raw, record }) => (/^[\r\n]*$/.test(raw) ? [] : [record]));
  } catch {
    return null;
  }
}

/** Why a row of strings cannot be stored, its shape first; `null` when it can. */
function faultOf(row: Row, columns: readonly string[]): RejectCode | null {
  if (row.length < columns.length) return 'too-few-cells';
  if (row.length > columns.length) return 'too-many-cells';
  for (const [index, cell] of row.entries()) {
    if (cell?.includes('\0')) return 'nul-byte';
    if (!isUtf8(Buffer.from(cell ?? '', 'latin1'))) return 'invalid-utf8';
    const isBlank = /^[\t-\r ]*$/.test(cell ?? '');
    if (columns[index] === 'customerId' && isBlank) return 'missing-customer-id';
  }
  return null;
}
