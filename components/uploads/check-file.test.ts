import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { AttributeResponse } from '#lib/contracts/attributes.ts';
import { checkFile, type TargetTable } from './check-file.ts';

function attribute(name: string, archivedAt: string | null = null): AttributeResponse {
  return {
    id: 1,
    tableId: 678,
    name,
    description: null,
    datatype: 'long',
    format: null,
    isValuePublic: false,
    archivedAt,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
}

const table: TargetTable = {
  id: 678,
  name: 'CRM',
  attributes: [attribute('ltv'), attribute('visits', '2026-02-01T00:00:00.000Z')],
};

test.each([
  ['customers.csv', 'customerId,ltv\nc1,5\n'],
  ['CUSTOMERS.CSV', 'CUSTOMERID,ltv\n'],
  ['customers.tsv', 'ltv\tcustomerId\n5\tc1\n'],
  ['only-header.txt', 'customerId'],
])('%s with %j may be sent', async (name, text) => {
  expect(await checkFile(new File([text], name), table)).toBeNull();
});

test('of a gzipped file the text inside is checked', async () => {
  const gzipped = (text: string) => new File([gzipSync(text)], 'customers.csv.gz');
  expect(await checkFile(gzipped('customerId,ltv\nc1,5\n'), table)).toBeNull();
  expect((await checkFile(gzipped('customerId,ltvv\n'), table))?.code).toBe(
    'header-unknown-column',
  );
});

test('of a gzipped file in several members the first one is enough', async () => {
  const members = [gzipSync('customerId,ltv\nc1,5\n'), gzipSync('c2,6\n')];
  expect(await checkFile(new File(members, 'customers.csv.gz'), table)).toBeNull();
});

test('a gzipped file that breaks off within its header is refused', async () => {
  const whole = gzipSync(`customerId,${'x'.repeat(500)}\n`);
  const broken = new File([whole.subarray(0, 20)], 'customers.csv.gz');
  expect((await checkFile(broken, table))?.code).toBe('file-unreadable');
});

test.each([
  ['customers.xlsx', 'anything', 'file-type', 'Only CSV and TSV'],
  ['empty.csv', '', 'file-empty', 'empty'],
  ['a.csv', 'id,ltv\n', 'header-no-customer-id', 'customerId'],
  ['a.csv', 'customerId,ltvv\n', 'header-unknown-column', 'did you mean "ltv"?'],
  ['a.csv', 'customerId,visits\n', 'header-archived-attribute', 'archived'],
  ['a.csv', 'customerId,ltv,ltv\n', 'header-duplicate-column', 'more than once'],
  ['a.csv', 'PK\u0003\u0004 workbook', 'file-not-csv', 'Excel'],
])('%s with %j is refused as %s', async (name, text, code, words) => {
  const fault = await checkFile(new File([text], name), table);
  expect(fault?.code).toBe(code);
  expect(fault?.message).toContain(words);
});

test('a missing customerId is said before anything else', async () => {
  const fault = await checkFile(new File(['nope,ltvv\n'], 'a.csv'), table);
  expect(fault?.code).toBe('header-no-customer-id');
  expect(fault?.message).toMatch(/^No column is named customerId.*"ltvv"/s);
});

test('only the beginning of a large file is read', async () => {
  const file = new File(['customerId,ltv\n', new Uint8Array(20 * 1024 * 1024)], 'large.csv');
  const ends: (number | undefined)[] = [];
  const slice = file.slice.bind(file);
  file.slice = (from, to) => {
    ends.push(to);
    return slice(from, to);
  };
  expect(await checkFile(file, table)).toBeNull();
  expect(ends).toEqual([2, 1024 * 1024]);
});
