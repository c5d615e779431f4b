import { describe, expect, it } from 'vitest';

import type { ValueType } from '../datatypes/types.ts';
import { attributesOf, scanFile } from './scan-file.fixture.ts';

/** The six validity tables of the import documentation: row, cell as printed (curly quotes straightened), verdict. */
const tables: readonly {
  readonly title: string;
  readonly column: string;
  readonly type: ValueType;
  readonly rows: readonly (readonly [id: string, cell: string, verdict: 'valid' | 'invalid'])[];
}[] = [
  {
    title: 'Boolean',
    column: 'booleanField',
    type: 'bool',
    rows: [
      ['1', '"false"', 'valid'],
      ['2', 'True', 'valid'],
      ['3', '"TRUE"', 'valid'],
      ['4', '0', 'invalid'],
      ['5', '1', 'invalid'],
      ['6', '"y"', 'invalid'],
      ['7', '"n"', 'invalid'],
    ],
  },
  {
    title: 'Number (Long)',
    column: 'longField',
    type: 'long',
    rows: [
      ['1', '1', 'valid'],
      ['2', '"-2"', 'valid'],
      ['3', '9223372036854775807', 'valid'],
      ['4', '-9223372036854775807', 'valid'],
      ['5', '"foo"', 'invalid'],
      ['6', '9223372036854775810', 'invalid'],
    ],
  },
  {
    title: 'Number (Double)',
    column: 'doubleField',
    type: 'double',
    rows: [
      ['1', '1', 'valid'],
      ['2', '"-2.3"', 'valid'],
      ['3', '"foo"', 'invalid'],
      ['4', '"2,3"', 'invalid'],
    ],
  },
  {
    title: 'Date (yyyy-mm-dd)',
    column: 'dateField',
    type: 'date',
    rows: [
      ['1', '"2022-05-02"', 'valid'],
      ['2', '1999-01-02', 'valid'],
      ['3', '2022-13-01', 'invalid'],
      ['4', '2022/05/02', 'invalid'],
    ],
  },
  {
    title: 'Date with Time (yyyy-mm-ddThh:mm:ssZ)',
    column: 'dateField',
    type: 'datetime',
    rows: [
      ['1', '"2022-05-02T10:10:59Z"', 'valid'],
      ['2', '1999-01-01T00:00:00', 'valid'],
      ['3', '"2022-05-02"', 'invalid'],
      ['4', '2022/05/02T10:10:59Z', 'invalid'],
      ['5', '2022-05-02 10:10:59', 'invalid'],
      ['6', '2022-05-02t10:10:59z', 'invalid'],
      ['7', '2022-05-02T55:10:59Z', 'invalid'],
    ],
  },
  {
    title: 'Timestamp (epoch)',
    column: 'dateField',
    type: 'epoch',
    rows: [
      ['1', '"0"', 'valid'],
      ['2', '1651676123', 'valid'],
      ['3', '"2022-05-02"', 'invalid'],
      ['4', '"2022-05-02T10:10:59Z"', 'invalid'],
      ['5', '-1651676123', 'invalid'],
    ],
  },
];

describe.each(tables)('$title', ({ column, type, rows }) => {
  const attributes = attributesOf({ [column]: type });

  it.each(rows)('row %s: %s is %s', (id, cell, verdict) => {
    const scanned = scanFile(`customerId,${column}\n${id},${cell}\n`, { attributes });
    if (verdict === 'valid') {
      expect(scanned.accepted.toString()).toBe(`${id},${cell}\n`);
      expect(scanned.rejects).toEqual([]);
    } else {
      expect(scanned.acceptedRows).toBe(0);
      expect(scanned.rejects).toMatchObject([{ line: 2, column, value: cell.replaceAll('"', '') }]);
    }
  });

  it('as one file: each row by itself', () => {
    const file = `customerId,${column}\n${rows.map(([id, cell]) => `${id},${cell}`).join('\n')}`;
    const scanned = scanFile(file, { attributes });
    const valid = rows.filter(([, , verdict]) => verdict === 'valid');
    expect(scanned.accepted.toString()).toBe(valid.map(([id, cell]) => `${id},${cell}\n`).join(''));
    expect(scanned.acceptedRows + scanned.rejects.length).toBe(rows.length);
  });
});

it('the example row of the format requirements, blanks before its quotes and all', () => {
  const attributes = attributesOf({ name: 'string', height: 'string' });
  const row = `  "CustomerId1", "John Doe", "Height: 6'1"""`;
  const scanned = scanFile(`customerId,name,height\n${row}`, { attributes });
  expect(scanned.accepted.toString()).toBe(`"CustomerId1","John Doe","Height: 6'1"""\n`);
});
