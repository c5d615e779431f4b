import { deepStrictEqual } from 'node:assert';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { ValueType } from '#lib/core/datatypes/types.ts';
import { attributesOf, scanFile } from '#lib/core/csv/scan-file.fixture.ts';
import { generateCell, typedColumns, typedHeader, type Random } from './generate-cells.ts';

/** A table of the product with the typed columns. */
export interface ProductUnderTest {
  readonly tableId: number;
  /** Loads a file; gives how many of its rows were accepted. */
  load(file: Buffer): Promise<number>;
  /** JSON text of one customer, as the profile API answers. */
  lookUp(customerId: string): Promise<string>;
}

export interface Compared {
  /** Of the customers that were looked up; what later rows of theirs replaced is not counted. */
  readonly cells: number;
  readonly customers: number;
  readonly rejectedRows: number;
}

const answer = z.object({ customerId: z.string(), data: z.record(z.string(), z.unknown()) });
type Row = (string | null)[];
const attributes = attributesOf(
  Object.fromEntries(typedColumns.map(({ name, type }) => [name, type])),
);
/** Lookups under way at once. */
const lanes = 16;

/**
 * Loads a generated file whose customers are all new and looks every accepted one up: each value must be the
 * cell's own, bit for bit. Some customers are there more than once: of each cell, the last one counts.
 *
 * @param round tells one file's customers from another's.
 * @throws {AssertionError} at the first difference.
 */
export async function compareWithApi(
  product: ProductUnderTest,
  { random, rows, round }: { random: Random; rows: number; round: number },
): Promise<Compared> {
  const file = generateFile(random, rows, round);
  const scanned = scanFile(file, { attributes });
  const accepted = readCells(scanned.accepted);
  deepStrictEqual(await product.load(file), accepted.length, 'rows accepted');
  const customers = [...mergeRows(accepted)];
  let next = 0;
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let entry = customers[next++]; entry; entry = customers[next++]) {
        const [customerId, cells] = entry;
        const found = answer.parse(JSON.parse(await product.lookUp(customerId)));
        deepStrictEqual(found.customerId, customerId);
        for (const [index, { name, type }] of typedColumns.entries()) {
          const expected = expectedValue(type, cells[index] ?? null);
          deepStrictEqual(found.data[name] ?? null, expected, customerId);
        }
      }
    }),
  );
  return {
    cells: customers.length * (typedColumns.length + 1),
    customers: customers.length,
    rejectedRows: scanned.rejects.length,
  };
}

function generateFile(random: Random, rows: number, round: number): Buffer {
  const lines = Array.from({ length: rows }, (_, index) => {
    // One in ten is a customer of the rows before.
    const number = random() < 0.1 ? Math.floor(random() * (index + 1)) : index;
    const cells = typedColumns.map(({ type }) => generateCell(random, type));
    return [customerIdOf(round, number), ...cells].join(',');
  });
  return Buffer.from(`${typedHeader}\n${lines.join('\n')}\n`);
}

function customerIdOf(round: number, number: number): string {
  const id = `${round}-${number}`;
  switch (number % 5) {
    case 0:
      return `"c ""${id}"""`;
    case 1:
      return ` ${id}`;
    case 2:
      return `\\.${id}`;
    default:
      return `c${id}`;
  }
}

/** Accepted rows as csv-parse reads them; `null` for unquoted empty cells. */
function readCells(accepted: Buffer): Row[] {
  return parse(accepted, {
    record_delimiter: ['\r\n', '\n', '\r'],
    cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
  });
}

/** By customer: of each column the last cell that says anything. */
function mergeRows(rows: readonly Row[]): ReadonlyMap<string, Row> {
  const customers = new Map<string, Row>();
  for (const [customerId, ...cells] of rows) {
    const before = customers.get(customerId ?? '');
    const merged = before ? cells.map((cell, index) => cell ?? before[index] ?? null) : cells;
    customers.set(customerId ?? '', merged);
  }
  return customers;
}

/** What JSON must say of a cell, told from its text alone. */
function expectedValue(type: ValueType, text: string | null): unknown {
  if (text === null) return null;
  switch (type) {
    case 'bool':
      return text.toLowerCase() === 'true';
    case 'long':
    case 'epoch': {
      const value = BigInt(text);
      const isSafe = BigInt.asIntN(54, value) === value && value !== -(2n ** 53n);
      return isSafe ? Number(value) : String(value);
    }
    case 'double':
      return Number(text);
    case 'datetime':
      return text.endsWith('Z') ? text : `${text}Z`;
    default:
      return text;
  }
}
