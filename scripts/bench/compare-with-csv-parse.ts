import { deepStrictEqual } from 'node:assert';
import { parse } from 'csv-parse/sync';
import { attributesOf, scanFile } from '#lib/core/csv/scan-file.fixture.ts';

type Random = () => number;
type Row = (string | null)[];

const attributes = attributesOf({ a: 'string', b: 'string' });
/** Rows of three cells, now and then of another number. */
const rowsPerFile = 60;
const pieces = [',', '"', '""', '\n', '\r\n', '\r', 'a', 'é', '\u{1f600}', "'", '\\.', ';', '\t'];

/**
 * Reads generated files with the scanner and with csv-parse.
 *
 * @returns the cells that both read, at least as many as wanted.
 * @throws {AssertionError} with the file's text at the first difference.
 */
export function compareWithCsvParse(random: Random, wanted: number): number {
  let cells = 0;
  while (cells < wanted) cells += compareFile(generateBody(random));
  return cells;
}

function compareFile(body: string): number {
  let expected: Row[];
  try {
    expected = readCells(body);
  } catch {
    // To csv-parse it is malformed as a whole.
    return 0;
  }
  const scanned = scanFile(`customerId,a,b\n${body}`, { attributes });
  const good = expected.filter((row) => row.length === 3 && (row[0]?.trim() ?? '') !== '');
  deepStrictEqual(readCells(scanned.accepted), good, JSON.stringify(body));
  deepStrictEqual(scanned.rejects.length, expected.length - good.length, JSON.stringify(body));
  return expected.reduce((sum, row) => sum + row.length, 0);
}

/** Cells as csv-parse reads them; `null` for unquoted empty ones. */
function readCells(csv: string | Buffer): Row[] {
  return parse(csv, {
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
  });
}

/** Rows as programs write them, or anything at all. */
function generateBody(random: Random): string {
  const below = (limit: number) => Math.floor(random() * limit);
  const piece = () => pieces[below(pieces.length)] ?? '';
  const text = (most: number) => Array.from({ length: below(most + 1) }, piece).join('');
  if (random() < 0.1) return text(40);
  const lineEnd = ['\n', '\r\n', '\r'][below(3)] ?? '\n';
  const cell = () => {
    const content = text(6);
    const mustQuote = /[",\r\n]/.test(content) || random() < 0.2;
    return mustQuote ? `"${content.replaceAll('"', '""')}"` : content;
  };
  const row = () =>
    Array.from({ length: random() < 0.97 ? 3 : 1 + below(5) }, cell).join(',') + lineEnd;
  return Array.from({ length: below(rowsPerFile) }, row).join('');
}
