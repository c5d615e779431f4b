import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { codeOf, codesIn, fileOf, readGuideTable } from '#lib/testing/guide-tables.ts';
import { attributesOf, scanFile } from './scan-file.fixture.ts';
import { checkHeaderText } from './check-header.ts';
import { rejectCodes } from './types.ts';

// What is stored of the examples, lib/ingest/guide-examples.test.ts holds.
const table = (...headings: string[]) => readGuideTable('csv-format.md', headings);
const attributes = attributesOf({ name: 'string', LTV: 'long' });

/** Files of the guide's table of examples, which all hold the same two rows. */
const files = table('file', 'what is special').map(([file = '']) => fileOf(file));

describe('the files of the guide', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThan(7);
  });

  it.each(files)('%j', (file) => {
    const scanned = scanFile(file, { attributes });
    expect(scanned.rejects).toEqual([]);
    const rows: string[][] = parse(scanned.accepted, {
      delimiter: scanned.options.delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      ltrim: true,
    });
    const isReversed = scanned.options.columns[0]?.kind === 'attribute';
    expect(rows.map((row) => (isReversed ? row.toReversed() : row))).toEqual([
      ['c1', '1'],
      ['c2', '2'],
    ]);
  });
});

describe('the headers that the guide says are refused', () => {
  const headers = table('header', 'code', 'why it is refused').map(([header = '', code = '']) => [
    codeOf(header),
    codeOf(code),
  ]);

  it.each(headers)('%j: %s', (header, code) => {
    const archived = { id: 9, name: 'old score', type: 'long', isArchived: true } as const;
    const checked = checkHeaderText(header, {
      attributes: [...attributes, archived],
      fileName: 'customers.csv',
      tableName: 'CRM',
    });
    expect(checked).toMatchObject({ ok: false, error: { code } });
  });
});

describe('the codes of rejected rows', () => {
  const rows = table('code', 'example, for a header `customerId,name,LTV`');

  it('are all in the guide', () => {
    expect(rows.flatMap(([codes = '']) => codesIn(codes)).toSorted()).toEqual(
      [...rejectCodes].toSorted(),
    );
  });

  // Those that are not described in words.
  const examples = rows.flatMap(([codes = '', example = '']) => {
    const [code, ...others] = codesIn(codes);
    const [row = ''] = codesIn(example);
    return others.length === 0 && /^(c1)?,/.test(row) ? [[row, code]] : [];
  });

  it('have examples', () => {
    expect(examples.length).toBeGreaterThan(8);
  });

  it.each(examples)('%j: %s', (row, code) => {
    const { rejects } = scanFile(`customerId,name,LTV\n${row}\n`, { attributes });
    expect(rejects.map((reject) => reject.code)).toEqual([code]);
  });
});
