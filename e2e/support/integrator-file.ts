import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { NewAttribute } from './integrator.ts';

/** One attribute of every datatype; names as the API's documentation spells such. */
export const attributes: readonly NewAttribute[] = [
  { name: 'most_viewed_category', datatype: 'string', format: null },
  { name: 'is member', datatype: 'bool', format: null },
  { name: 'visits', datatype: 'long', format: null },
  { name: 'Life-time value', datatype: 'double', format: null },
  { name: 'birthday', datatype: 'datetime', format: 'yyyy-mm-dd' },
  { name: 'last_purchase', datatype: 'datetime', format: 'yyyy-mm-ddThh:mm:ssZ' },
  { name: 'last_seen', datatype: 'datetime', format: 'epoch' },
];

const header = ['customerId', ...attributes.map(({ name }) => name)].join(',');

/** Values at the edges of what their datatypes hold, as CSV and as what the profile API must answer. */
export const exactCustomers = [
  {
    id: 'largest',
    row: `largest,"a ""quoted"", comma'd, two-line\nvalue 👩‍🚀 ünïcödé",TRUE,9223372036854775807,1.7976931348623157e308,2024-02-29,2022-05-02T10:10:59Z,253402300799`,
    data: `{"most_viewed_category":"a \\"quoted\\", comma'd, two-line\\nvalue 👩‍🚀 ünïcödé","is member":true,"visits":"9223372036854775807","Life-time value":1.7976931348623157e+308,"birthday":"2024-02-29","last_purchase":"2022-05-02T10:10:59Z","last_seen":253402300799}`,
  },
  {
    id: 'smallest',
    row: `smallest,"",False,-9223372036854775807,5e-324,0001-01-01,0001-01-01T00:00:00,0`,
    data: `{"most_viewed_category":"","is member":false,"visits":"-9223372036854775807","Life-time value":5e-324,"birthday":"0001-01-01","last_purchase":"0001-01-01T00:00:00Z","last_seen":0}`,
  },
  {
    id: 'sfdc1223a3_ji$ddd/ä:213 ad',
    row: `sfdc1223a3_ji$ddd/ä:213 ad,,,9007199254740993,0.1,,,`,
    data: `{"visits":"9007199254740993","Life-time value":0.1}`,
  },
] as const;

/** Rows that cannot be stored, with the column and the code that the rejects name. */
export const badRows = [
  { row: 'bad-1,,yes,1,1,,,', column: 'is member', code: 'invalid-bool' },
  { row: 'bad-2,,,9223372036854775808,1,,,', column: 'visits', code: 'long-out-of-range' },
  { row: 'bad-3,,,1,"2,3",,,', column: 'Life-time value', code: 'invalid-double' },
  { row: ',,,1,1,,,', column: 'customerId', code: 'missing-customer-id' },
  { row: 'bad-5,,,1,1,,,,surplus', column: '', code: 'too-many-cells' },
] as const;

/** An ordinary customer, different in every attribute from its neighbours. */
function ordinaryRow(index: number): string {
  const day = String((index % 28) + 1).padStart(2, '0');
  return `c${index},"category, ${index % 40}",${index % 3 === 0},${index},${index}.25,2023-01-${day},2024-05-${day}T08:00:00Z,${1_600_000_000 + index}`;
}

export function ordinaryData(index: number): string {
  const day = String((index % 28) + 1).padStart(2, '0');
  return `{"most_viewed_category":"category, ${index % 40}","is member":${index % 3 === 0},"visits":${index},"Life-time value":${index}.25,"birthday":"2023-01-${day}","last_purchase":"2024-05-${day}T08:00:00Z","last_seen":${1_600_000_000 + index}}`;
}

/** Writes the given rows, then ordinary customers until the file has the size; returns their number. */
export async function writeCustomers(
  path: string,
  { bytes, first = [] }: { readonly bytes: number; readonly first?: readonly string[] },
): Promise<number> {
  let customers = 0;
  function* content() {
    let chunk = [header, ...first, ''].join('\n');
    let written = 0;
    while (written + chunk.length < bytes) {
      chunk += `${ordinaryRow(customers++)}\n`;
      if (chunk.length < 64 * 1024) continue;
      yield chunk;
      written += chunk.length;
      chunk = '';
    }
    yield chunk;
  }
  await pipeline(Readable.from(content()), createWriteStream(path));
  return customers;
}
