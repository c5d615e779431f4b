import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareWithCsvParse } from '#lib/testing/exactness/compare-with-csv-parse.ts';
import { testSeed } from '#lib/testing/seed.ts';
import { seededRandom } from '../seeded-random.ts';
import type { ValueType } from '../datatypes/types.ts';
import { RowScanner } from './row-scanner.ts';
import { attributesOf, scanFile, scanRows, type ScannedFile } from './scan-file.fixture.ts';

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
const header = ['customerId', ...Object.keys(types)].join(',');

/** Bytes that make trouble, and pieces of typed values, so that rows are sometimes good. */
const piece = fc.constantFrom(
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
    "'",
    '=',
    'é',
  ],
  ...['\u{1f600}', 'x', 'true', 'FALSE', '1', '-2', '3.5e2', '2024-02-29', '2022-05-02T10:10:59Z'],
  ...['1651676123', '1651676123000', '9223372036854775808', '1e400'],
);
const soup = fc
  .array(
    fc.oneof(
      { weight: 30, arbitrary: piece.map((text) => Buffer.from(text)) },
      { weight: 1, arbitrary: fc.constant(Buffer.from([0xe4])) },
    ),
    { maxLength: 60 },
  )
  .map((pieces) => Buffer.concat(pieces));

/** Rows that mostly hold what their columns want, written in different ways. */
const cell = (values: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...values, ''), fc.constantFrom('plain', 'plain', 'quoted', 'padded'))
    .map(([text, style]) => {
      const mustQuote = style !== 'plain' || /[",\r\n]/.test(text);
      const quoted = mustQuote ? `"${text.replaceAll('"', '""')}"` : text;
      return style === 'padded' ? ` ${quoted}\t` : quoted;
    });
const goodRow = fc
  .tuple(
    cell(['c1', 'c2', ' c3', '\\.']),
    cell(['text', 'a "b"', 'two\nlines', 'é\u{1f600}', 'a,b', 'cr\rlf\r\n']),
    cell(['true', 'False']),
    cell(['1', '-9223372036854775807', '0']),
    cell(['1.5', '-2e-3', '.5']),
    cell(['2024-02-29', '0001-01-01']),
    cell(['2022-05-02T10:10:59Z', '1999-01-01T00:00:00']),
    cell(['0', '1651676123', '1651676123000']),
  )
  .map((cells) => cells.join(','));
const lineEnd = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r');
const rows = fc
  .array(
    fc.tuple(
      fc.oneof(
        { weight: 6, arbitrary: goodRow.map((row) => Buffer.from(row)) },
        { weight: 1, arbitrary: soup },
      ),
      lineEnd,
    ),
    { maxLength: 12 },
  )
  .map((lines) => Buffer.concat(lines.flatMap(([row, end]) => [row, Buffer.from(end)])));
const chunkLengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });

function fileOf(body: Buffer, end = '\n'): Buffer {
  return Buffer.concat([Buffer.from(header + end), body]);
}

function outcome({ accepted, acceptedRows, rejects, warnings, checkpoints }: ScannedFile) {
  return {
    accepted: accepted.toString('latin1'),
    acceptedRows,
    rejects: rejects.map((reject) => ({ ...reject, raw: reject.raw.toString('latin1') })),
    warnings,
    end: checkpoints.at(-1)?.position,
  };
}

describe('RowScanner, for any bytes', () => {
  // One byte per chunk sends every row through the careful reading; one chunk, most through the fast lane.
  it.each([
    ['good and bad rows', rows],
    ['byte soup', soup],
  ])('%s: chunks make no difference', (_title, body) => {
    fc.assert(
      fc.property(body, lineEnd, chunkLengths, (bytes, end, chunks) => {
        const whole = outcome(scanFile(fileOf(bytes, end), { attributes }));
        expect(outcome(scanFile(fileOf(bytes, end), { attributes, chunks }))).toEqual(whole);
        expect(outcome(scanFile(fileOf(bytes, end), { attributes, chunks: [1] }))).toEqual(whole);
      }),
      { numRuns: 3_000 },
    );
  });

  it('small limits: chunks make no difference', () => {
    const limits = { cellBytes: 20, rowBytes: 60 };
    fc.assert(
      fc.property(rows, chunkLengths, (bytes, chunks) => {
        const whole = outcome(scanFile(fileOf(bytes), { attributes, limits }));
        expect(outcome(scanFile(fileOf(bytes), { attributes, limits, chunks }))).toEqual(whole);
      }),
      { numRuns: 2_000 },
    );
  });

  it('a scan resumed at any checkpoint gives the rest of an undisturbed one', () => {
    fc.assert(
      fc.property(rows, lineEnd, chunkLengths, fc.nat(), (bytes, end, chunks, pick) => {
        const file = fileOf(bytes, end);
        const undisturbed = scanFile(file, { attributes, chunks });
        const checkpoint = undisturbed.checkpoints[pick % undisturbed.checkpoints.length];
        if (checkpoint === undefined) throw new Error('no checkpoint');
        const resumed = scanRows(file.subarray(checkpoint.position.byteOffset), {
          ...undisturbed.options,
          position: checkpoint.position,
        });
        const all = outcome(undisturbed);
        expect(outcome({ ...resumed, warnings: [] })).toEqual({
          accepted: all.accepted.slice(checkpoint.acceptedBytes),
          acceptedRows: all.acceptedRows - checkpoint.acceptedRows,
          rejects: all.rejects.slice(checkpoint.rejects),
          warnings: [],
          end: all.end,
        });
      }),
      { numRuns: 3_000 },
    );
  });

  it('counts rejected rows as it describes them', () => {
    fc.assert(
      fc.property(fc.oneof(rows, soup), chunkLengths, fc.nat(20), (bytes, chunks, described) => {
        const file = fileOf(bytes);
        const { options, rejects, accepted } = scanFile(file, { attributes });
        const scanner = new RowScanner(options);
        const results = [];
        let at = options.position.byteOffset;
        for (let index = 0; at < file.length; index++) {
          const length = Math.max(1, chunks[Math.min(index, chunks.length - 1)] ?? file.length);
          scanner.describesRejects = index < described;
          results.push(scanner.scan(file.subarray(at, at + length)));
          at += length;
        }
        results.push(scanner.finish());
        const found = results.flatMap((result) => [
          ...result.rejects.map(({ code, column }) => `${code} ${column}`),
          ...result.rejectGroups.flatMap((group) =>
            Array.from({ length: group.rows }, () => `${group.code} ${group.column}`),
          ),
        ]);
        const expected = rejects.map(({ code, column }) => `${code} ${column}`);
        expect(found.toSorted()).toEqual(expected.toSorted());
        expect(results.reduce((sum, { rejectedRows }) => sum + rejectedRows, 0)).toBe(
          rejects.length,
        );
        expect(Buffer.concat(results.flatMap((result) => result.accepted))).toEqual(accepted);
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads every byte, and rejects what it rejected when it meets that again', () => {
    fc.assert(
      fc.property(rows, (bytes) => {
        const { checkpoints, rejects } = scanFile(fileOf(bytes), { attributes });
        expect(checkpoints.at(-1)?.position.byteOffset).toBe(header.length + 1 + bytes.length);
        const codes = rejects.map(({ code }) => code);
        const rawRows = rejects.flatMap(({ raw }) => [raw, Buffer.from('\n')]);
        const again = scanFile(fileOf(Buffer.concat(rawRows)), { attributes });
        expect(again.rejects.map(({ code }) => code)).toEqual(codes);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('RowScanner and csv-parse', () => {
  const strings = attributesOf({ a: 'string', b: 'string' });

  /** Cells as csv-parse reads them; `null` for unquoted empty ones. Throws on what it finds malformed. */
  function oracle(csv: string, delimiter: string): (string | null)[][] {
    return parse(csv, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
    });
  }

  it.each([',', '\t'] as const)('read the same rows, delimiter %j', (delimiter) => {
    const part = fc.constantFrom(
      delimiter,
      delimiter,
      delimiter,
      '"',
      '""',
      '\n',
      '\r\n',
      '\r',
      'a',
      'b',
      'é',
      '\u{1f600}',
      "'",
      '\\.',
      ';',
    );
    const text = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''));
    let compared = 0;
    fc.assert(
      fc.property(text, (body) => {
        let expected: (string | null)[][];
        try {
          expected = oracle(body, delimiter);
        } catch {
          return;
        }
        compared++;
        const scanned = scanFile(['customerId', 'a', 'b'].join(delimiter) + '\n' + body, {
          attributes: strings,
          fileName: delimiter === ',' ? 'a.csv' : 'a.tsv',
        });
        const isGood = (cells: (string | null)[]) =>
          cells.length === 3 && (cells[0]?.trim() ?? '') !== '';
        expect(oracle(scanned.accepted.toString(), delimiter)).toEqual(expected.filter(isGood));
        expect(scanned.rejects.length).toBe(expected.filter((cells) => !isGood(cells)).length);
      }),
      { numRuns: 20_000 },
    );
    expect(compared).toBeGreaterThan(2_000);
  });

  // A short run of `npm run bench -- fuzz`.
  it('read the same rows of what programs write, in chunks, with blanks and broken bytes', () => {
    const compared = compareWithCsvParse(seededRandom(testSeed), 200_000);
    expect(compared.refusedFiles).toBeLessThan(compared.files / 5);
  });

  it('read any cells back that csv-parse would', () => {
    const value = fc.string({
      unit: fc.constantFrom(...Array.from('ab,"\n\r é\u{1f600}')),
      maxLength: 8,
    });
    const record = fc.tuple(
      value.map((id) => `c${id}`),
      value,
      value,
    );
    fc.assert(
      fc.property(fc.array(record, { maxLength: 8 }), fc.boolean(), (records, isPadded) => {
        const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const body = records
          .map((cells) => cells.map(quote).join(isPadded ? ' , ' : ','))
          .join('\n');
        const scanned = scanFile(`customerId,a,b\n${body}`, { attributes: strings });
        expect(scanned.rejects).toEqual([]);
        expect(oracle(scanned.accepted.toString(), ',')).toEqual(records);
      }),
      { numRuns: 3_000 },
    );
  });
});
