import { once } from 'node:events';

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { useTestDatabase } from '#lib/testing/database.ts';
import type { ValueType } from '../datatypes/types.ts';
import { attributesOf, scanFile } from './scan-file.fixture.ts';
import type { Delimiter } from './types.ts';

/*
 * The line that must hold: every cell that the scanner accepts, PostgreSQL accepts too, with the same value.
 * FUZZ_RUNS lengthens the search.
 */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 300);

const types: Readonly<Record<string, ValueType>> = {
  text: 'string',
  flag: 'bool',
  n: 'long',
  x: 'double',
  day: 'date',
  at: 'datetime',
  ts: 'epoch',
};
const attributes = attributesOf(types);

useTestDatabase();
let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
  await client.connect();
  await client.query(`SET timezone = 'UTC'`);
  await client.query(
    `CREATE TEMP TABLE rows (position bigserial, id text, text text, flag boolean, n bigint,
                             x double precision, day date, at timestamp, ts bigint)`,
  );
});
afterAll(() => client.end());

interface CopyOptions {
  readonly columns: string;
  readonly delimiter: Delimiter;
}

/** Through COPY and back, as texts. */
async function copy(
  accepted: Buffer,
  { columns, delimiter }: CopyOptions,
): Promise<(string | null)[][]> {
  await client.query('TRUNCATE rows');
  const separator = delimiter === '\t' ? `E'\\t'` : `','`;
  const stream = client.query(
    copyFrom(`COPY rows (${columns}) FROM STDIN (FORMAT csv, DELIMITER ${separator})`),
  );
  stream.end(accepted);
  await once(stream, 'finish');
  const result = await client.query<(string | null)[]>({
    text: `SELECT ${columns.replaceAll(/\w+/g, '$&::text')} FROM rows ORDER BY position`,
    rowMode: 'array',
  });
  return result.rows;
}

/** Cells of accepted rows as csv-parse reads them; `null` for unquoted empty ones. */
function oracle(accepted: Buffer, delimiter: Delimiter): (string | null)[][] {
  return parse(accepted, {
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
  });
}

/** What a stored value must read as, from the cell's text. */
function stored(type: ValueType | undefined, text: string): string {
  switch (type) {
    case 'bool':
      return text.toLowerCase();
    case 'long':
    case 'epoch':
      return String(BigInt(text));
    case 'double':
      return Object.is(Number(text), -0) ? '-0' : String(Number(text));
    case 'datetime':
      return text.replace('T', ' ').replace('Z', '');
    default:
      return text;
  }
}

/** Doubles are compared as doubles: PostgreSQL and JavaScript print exponents differently. */
function normalize(cells: readonly (string | null)[]): (string | null)[] {
  return cells.map((cell, index) => (index === 4 && cell !== null ? stored('double', cell) : cell));
}

const digits = fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), maxLength: 22 });
const sign = fc.constantFrom('', '', '-');
const number = (limit: number) => fc.integer({ min: 0, max: limit });
const padded = (value: number, width: number) => String(value).padStart(width, '0');
const date = fc
  .tuple(fc.oneof(number(9999), fc.constantFrom(0, 1, 1900, 2000)), number(13), number(32))
  .map(([year, month, day]) => `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`);
const values: Readonly<Record<ValueType, fc.Arbitrary<string>>> = {
  string: fc.string({
    unit: fc.oneof(
      fc.constantFrom(...Array.from('",\t\r\n \\.\'=NULL')),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 8,
  }),
  bool: fc.constantFrom('true', 'false', 'True', 'FALSE', 'tRuE', 't', '1', 'yes'),
  long: fc.oneof(
    fc.tuple(sign, digits).map((parts) => parts.join('')),
    fc.bigInt({ min: -(2n ** 63n) - 3n, max: -(2n ** 63n) + 3n }).map(String),
    fc.bigInt({ min: 2n ** 63n - 3n, max: 2n ** 63n + 3n }).map(String),
  ),
  double: fc.oneof(
    fc.double({ noNaN: true }).map(String),
    fc.tuple(sign, digits, fc.constantFrom('', '.'), digits).map((parts) => parts.join('')),
    fc
      .tuple(fc.double({ min: 0.01, max: 100, noNaN: true }), fc.integer({ min: -345, max: 320 }))
      .map(([mantissa, exponent]) => `${mantissa}e${exponent}`),
    fc.constantFrom('5e-324', '2.4703282292062327e-324', '2.4703282292062328e-324', '-0', '0e-999'),
    fc.constantFrom('1.7976931348623157e308', '1.7976931348623158e308', '1.797693134862316e308'),
    fc.integer({ min: 300, max: 340 }).map((zeros) => `0.${'0'.repeat(zeros)}1`),
  ),
  date,
  datetime: fc
    .tuple(date, number(25), number(61), number(61), fc.constantFrom('', 'Z'))
    .map(([day, h, m, s, z]) => `${day}T${padded(h, 2)}:${padded(m, 2)}:${padded(s, 2)}${z}`),
  epoch: fc.oneof(digits, fc.integer().map(String)),
};
const plainValues: Readonly<Record<ValueType, readonly string[]>> = {
  string: ['Paris', 'a, b', 'say "x"', 'two\nlines', 'é\u{1f600}', ''],
  bool: ['true', 'FALSE'],
  long: ['0', '-5', '9223372036854775807'],
  double: ['0.1', '-2e-3', '5e-324'],
  date: ['2024-02-29'],
  datetime: ['2022-05-02T10:10:59Z', '0001-01-01T00:00:00'],
  epoch: ['1651676123', '0'],
};
const style = fc.constantFrom('plain', 'plain', 'plain', 'quoted', 'padded', 'blanks', 'empty');

function cellOf(type: ValueType, delimiter: Delimiter): fc.Arbitrary<string> {
  const text = fc.oneof(
    { weight: 7, arbitrary: fc.constantFrom(...plainValues[type]) },
    { weight: 2, arbitrary: values[type] },
  );
  return fc.tuple(text, style).map(([text, how]) => {
    const quoted = `"${text.replaceAll('"', '""')}"`;
    if (how === 'empty') return '';
    if (how === 'padded') return ` ${quoted} `;
    if (how === 'quoted' || text.includes(delimiter) || /["\r\n]/.test(text)) return quoted;
    return how === 'blanks' ? `  ${text} ` : text;
  });
}

function fileOf(delimiter: Delimiter): fc.Arbitrary<{ file: string; delimiter: Delimiter }> {
  const id = fc.constantFrom('c1', '"c ""2"""', ' c3', '\\.', '"\\."', '');
  const row = fc
    .tuple(id, ...Object.values(types).map((type) => cellOf(type, delimiter)))
    .map((cells) => cells.join(delimiter));
  const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
  return fc
    .tuple(lineEnd, fc.array(fc.tuple(row, lineEnd), { minLength: 5, maxLength: 15 }))
    .map(([end, lines]) => ({
      file: ['customerId', ...Object.keys(types)].join(delimiter) + end + lines.flat().join(''),
      delimiter,
    }));
}

describe('COPY', { timeout: 30_000 + numRuns * 50 }, () => {
  it('takes everything that the scanner accepts, with the same values', async () => {
    const kinds: readonly (ValueType | undefined)[] = ['string', ...Object.values(types)];
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(fileOf(','), fileOf('\t')), async ({ file, delimiter }) => {
        const fileName = delimiter === ',' ? 'a.csv' : 'a.tsv';
        const scanned = scanFile(file, { attributes, fileName });
        const cells = oracle(scanned.accepted, delimiter);
        const expected = cells.map((row) =>
          row.map((text, index) => (text === null ? null : stored(kinds[index], text))),
        );
        const columns = 'id, text, flag, n, x, day, at, ts';
        const copied = await copy(scanned.accepted, { columns, delimiter });
        expect(copied.map(normalize)).toEqual(expected);
        rows += scanned.acceptedRows;
      }),
      { numRuns },
    );
    expect(rows).toBeGreaterThan(numRuns * 2);
  });

  it('takes what the scanner makes of any bytes', async () => {
    const bytes = fc
      .array(
        fc.constantFrom(
          ...[
            ',',
            ',',
            ',',
            '"',
            '"',
            '""',
            '\n',
            '\n',
            '\r\n',
            '\r',
            ' ',
            '\t',
            '\0',
            '\\.',
            'NULL',
            'é',
            'x',
          ],
        ),
        { maxLength: 60 },
      )
      .map((pieces) => pieces.join(''));
    const ends = fc.constantFrom('\n', '\r\n', '\r');
    await fc.assert(
      fc.asyncProperty(bytes, ends, async (body, end) => {
        const scanned = scanFile(`customerId,text${end}${body}`, {
          attributes: attributesOf({ text: 'string' }),
        });
        const copied = await copy(scanned.accepted, { columns: 'id, text', delimiter: ',' });
        expect(copied).toEqual(oracle(scanned.accepted, ','));
        expect(copied.length).toBe(scanned.acceptedRows);
      }),
      { numRuns },
    );
  });

  it('takes rows of one column, even a lone \\.', async () => {
    const { accepted } = scanFile('customerId\nc1\n\\.\nc2\n', { attributes: [] });
    expect(await copy(accepted, { columns: 'id', delimiter: ',' })).toEqual([
      ['c1'],
      ['\\.'],
      ['c2'],
    ]);
  });
});
