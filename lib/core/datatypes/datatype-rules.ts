import type { ValueType } from './types.ts';

/** A cell as it would stand in a CSV file, quotes included. */
export interface CellExample {
  readonly cell: string;
  readonly note?: string;
}

export interface DatatypeRule {
  readonly type: ValueType;
  /** Heading, as people know it from the import documentation. */
  readonly label: string;
  /** With an article, for the middle of a sentence: "is not a whole number". */
  readonly noun: string;
  /** One sentence: what is accepted. */
  readonly rule: string;
  readonly valid: readonly CellExample[];
  readonly invalid: readonly CellExample[];
  /** A value for the example row of the template file. */
  readonly example: string;
}

/** What each datatype accepts, for the upload page, the docs and messages. Examples are the seed's, and a few more. */
export const datatypeRules: Readonly<Record<ValueType, DatatypeRule>> = {
  string: {
    type: 'string',
    label: 'String / Text',
    noun: 'a text',
    rule: 'Any UTF-8 text up to 1 MiB; a double quotation mark inside quotes is written twice.',
    valid: [
      { cell: 'John Doe' },
      { cell: `"Height: 6'1"""`, note: `is the text Height: 6'1"` },
      { cell: '""', note: 'is the empty text' },
    ],
    invalid: [{ cell: `6'1"`, note: 'a quotation mark in a cell that is not quoted' }],
    example: 'Paris, France',
  },
  bool: {
    type: 'bool',
    label: 'Boolean',
    noun: 'true or false',
    rule: 'true or false, in letters of any case.',
    valid: [{ cell: '"false"' }, { cell: 'True' }, { cell: '"TRUE"' }],
    invalid: [{ cell: '0' }, { cell: '1' }, { cell: '"y"' }, { cell: '"n"' }],
    example: 'true',
  },
  long: {
    type: 'long',
    label: 'Number (Long)',
    noun: 'a whole number',
    rule: 'A whole number from -9223372036854775807 to 9223372036854775807, digits only with an optional minus sign.',
    valid: [
      { cell: '1' },
      { cell: '"-2"' },
      { cell: '9223372036854775807' },
      { cell: '-9223372036854775807' },
    ],
    invalid: [
      { cell: '"foo"' },
      { cell: '9223372036854775810', note: 'too large' },
      { cell: '1.0', note: 'a decimal point' },
    ],
    example: '42',
  },
  double: {
    type: 'double',
    label: 'Number (Double)',
    noun: 'a decimal number',
    rule: 'A decimal number with a point and an optional exponent, at most 1.7976931348623157e308 either side of zero.',
    valid: [{ cell: '1' }, { cell: '"-2.3"' }, { cell: '1.5e3' }],
    invalid: [
      { cell: '"foo"' },
      { cell: '"2,3"', note: 'a comma' },
      { cell: '1e400', note: 'too large' },
    ],
    example: '1250.75',
  },
  date: {
    type: 'date',
    label: 'Date (yyyy-mm-dd)',
    noun: 'a date',
    rule: 'A day of the calendar as year, month and day with hyphens, years 0001 to 9999.',
    valid: [{ cell: '"2022-05-02"' }, { cell: '1999-01-02' }],
    invalid: [
      { cell: '2022-13-01', note: 'invalid month value' },
      { cell: '2022/05/02', note: 'invalid separator' },
      { cell: '2022-02-30', note: 'no such day' },
    ],
    example: '2024-02-29',
  },
  datetime: {
    type: 'datetime',
    label: 'Date with Time (yyyy-mm-ddThh:mm:ssZ)',
    noun: 'a date with time',
    rule: 'A date, a capital T and hours, minutes and seconds in UTC, with or without a capital Z at the end.',
    valid: [{ cell: '"2022-05-02T10:10:59Z"' }, { cell: '1999-01-01T00:00:00' }],
    invalid: [
      { cell: '"2022-05-02"', note: 'missing the time' },
      { cell: '2022/05/02T10:10:59Z', note: 'invalid separator' },
      { cell: '2022-05-02 10:10:59', note: 'did not include T and Z' },
      {
        cell: '2022-05-02t10:10:59z',
        note: 'T and Z are case-sensitive and need to be capitalized',
      },
      { cell: '2022-05-02T55:10:59Z', note: '55 is an invalid hour value' },
    ],
    example: '2022-05-02T10:10:59Z',
  },
  epoch: {
    type: 'epoch',
    label: 'Timestamp (epoch)',
    noun: 'an epoch timestamp',
    rule: 'Whole seconds since 1970-01-01 00:00:00 UTC, zero or more, digits only.',
    valid: [{ cell: '"0"' }, { cell: '1651676123' }],
    invalid: [
      { cell: '"2022-05-02"', note: 'not a number' },
      { cell: '"2022-05-02T10:10:59Z"', note: 'not a number' },
      { cell: '-1651676123', note: 'negative' },
    ],
    example: '1651676123',
  },
};
