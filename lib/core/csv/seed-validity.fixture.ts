import type { ValueType } from '../datatypes/types.ts';

/** The six validity tables of the import documentation: row, cell as printed (curly quotes straightened), verdict. */
export const seedTables: readonly {
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
