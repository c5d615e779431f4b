import { expect, test } from 'vitest';
import type { AttributeResponse } from '#lib/contracts/attributes.ts';
import { proposeAttributes, type Proposal } from './propose-attributes.ts';
import { readPastedCsv } from './read-pasted-csv.ts';

function propose(text: string, registered: readonly AttributeResponse[] = []): Proposal[] {
  const pasted = readPastedCsv(text);
  if (pasted.kind !== 'columns') throw new Error(`not read: ${JSON.stringify(pasted)}`);
  return proposeAttributes(pasted.columns, registered);
}

function attribute(name: string, archivedAt: string | null = null): AttributeResponse {
  const date = '2026-01-01T00:00:00.000Z';
  return {
    id: 1,
    tableId: 1,
    name,
    description: null,
    datatype: 'string',
    format: null,
    isValuePublic: false,
    archivedAt,
    createdAt: date,
    updatedAt: date,
  };
}

test('values decide the datatype, and one cell that does not fit makes a text of the column', () => {
  const proposals = propose(
    'customerId,ltv,since,seen,flag,zip,mixed\nc1,12.5,2024-02-29,2022-05-02T10:10:59Z,true,01234,1\nc2,3,2023-01-01,1999-01-01T00:00:00,False,99999,x\n',
  );
  const types = proposals.map((item) => (item.kind === 'new' ? item.type : item.kind));
  expect(types).toEqual(['customer-id', 'double', 'date', 'datetime', 'bool', 'string', 'string']);
});

test('the guess says how many values it rests on, empty cells not counted', () => {
  const [, city] = propose('customerId,city\nc1,Paris\nc2,\nc3,"Berlin, Mitte"\n');
  expect(city).toMatchObject({ kind: 'new', sampleCount: 2, example: 'Paris' });
});

test('quoted cells may hold commas, quotation marks and line breaks', () => {
  const pasted = readPastedCsv('customerId,"a ""b"", c"\r\n1,"x\r\ny ""z"""\r\n2,w');
  expect(pasted).toEqual({
    kind: 'columns',
    rows: 2,
    columns: [
      { name: 'customerId', samples: ['1', '2'] },
      { name: 'a "b", c', samples: ['x\r\ny "z"', 'w'] },
    ],
  });
});

test('what cannot be registered says why', () => {
  const proposals = propose('CUSTOMERID,known,old,new,new,=sum,error_line\n', [
    attribute('known'),
    attribute('old', '2026-02-01T00:00:00.000Z'),
  ]);
  expect(proposals.map((item) => [item.name, item.kind])).toEqual([
    ['CUSTOMERID', 'customer-id'],
    ['known', 'taken'],
    ['old', 'taken'],
    ['new', 'new'],
    ['new', 'refused'],
    ['=sum', 'refused'],
    ['error_line', 'refused'],
  ]);
});

test('a name that suggests personal data is warned about, not refused', () => {
  const [proposal] = propose('email\n');
  expect(proposal).toMatchObject({ kind: 'new', warning: '"email" looks like an email address.' });
});

test('semicolons are named as the fault', () => {
  expect(readPastedCsv('customerId;ltv;city')).toMatchObject({
    kind: 'unreadable',
    message: 'The columns are separated by semicolons. Uploads need commas or tabs.',
  });
});

test('tabs, as copied from a spreadsheet, separate too', () => {
  expect(propose('customerId\tltv\tcity\n').map((item) => item.name)).toEqual([
    'customerId',
    'ltv',
    'city',
  ]);
});
