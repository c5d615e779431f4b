import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { ValueType } from '#lib/core/datatypes/types.ts';

/** Attributes of the generated customers, in the order of the file's columns. */
export const benchAttributes = [
  { name: 'city', type: 'string' },
  { name: 'plan', type: 'string' },
  { name: 'newsletter', type: 'bool' },
  { name: 'orders', type: 'long' },
  { name: 'revenue', type: 'double' },
  { name: 'birthday', type: 'date' },
  { name: 'last_visit', type: 'datetime' },
  { name: 'signed_up', type: 'epoch' },
] as const satisfies readonly { name: string; type: ValueType }[];

export const benchHeader = `customerId,${benchAttributes.map(({ name }) => name).join(',')}\n`;

export interface CustomersOptions {
  /** Numbers of the customers: each number has one ID, and IDs are in no order. */
  readonly from: number;
  readonly count: number;
  /** From one number to the next; 1 when left out. */
  readonly step?: number;
  /** Another version has other values for the same customers. */
  readonly version: number;
  /** Every so many rows, one has a bad cell; 0 for none. */
  readonly badEvery?: number;
  /** Customers before `from` that are mixed in, one to this many others; 0 for none. */
  readonly knownEvery?: number;
}

const cities = ['Berlin', 'Lisbon', 'Oslo', 'São Paulo', 'New York', 'Kraków', 'Delhi', 'Nice'];
const plans = ['free', 'basic', 'premium', 'enterprise'];
const flushBytes = 1024 * 1024;

/** Writes generated customers as CSV; the same options write the same bytes. */
export async function writeCustomers(file: string, options: CustomersOptions): Promise<void> {
  const out = createWriteStream(file, { highWaterMark: 4 * flushBytes });
  let text = benchHeader;
  for (const row of customers(options)) {
    text += row;
    if (text.length < flushBytes) continue;
    if (!out.write(text)) await once(out, 'drain');
    text = '';
  }
  out.end(text);
  await finished(out);
}

/** Writes as many customers as fit into a file that is smaller than `bytes`; gives their number. */
export async function writeCustomersUpTo(file: string, bytes: number): Promise<number> {
  const out = createWriteStream(file, { highWaterMark: 4 * flushBytes });
  let text = benchHeader;
  let written = text.length;
  let count = 0;
  for (const row of customers({ from: 0, count: Number.MAX_SAFE_INTEGER, version: 1 })) {
    written += Buffer.byteLength(row);
    if (written >= bytes) break;
    text += row;
    count += 1;
    if (text.length < flushBytes) continue;
    if (!out.write(text)) await once(out, 'drain');
    text = '';
  }
  out.end(text);
  await finished(out);
  return count;
}

/** The same as lines, without a header. */
export function* customers({
  from,
  count,
  step = 1,
  version,
  badEvery = 0,
  knownEvery = 0,
}: CustomersOptions): Generator<string> {
  for (let index = 0; index < count; index++) {
    const isKnown = knownEvery > 0 && index % knownEvery === 0;
    const number = isKnown ? Math.floor(index / knownEvery) % from : from + index * step;
    const isBad = badEvery > 0 && index % badEvery === badEvery - 1;
    yield customer(number, version, isBad);
  }
}

/** @example customerIdOf(0) // '0000000086b0a17a' */
export function customerIdOf(number: number): string {
  return hex(scatter(number)) + hex(scatter(number ^ 0x5bd1e995));
}

function customer(number: number, version: number, isBad: boolean): string {
  const a = scatter(number ^ 0x5bd1e995);
  const b = scatter(number + version * 0x9e3779b9);
  const id = customerIdOf(number);
  const day = `${1940 + (b % 70)}-${two(1 + ((b >>> 8) % 12))}-${two(1 + (a % 28))}`;
  const clock = `${two(b % 24)}:${two((b >>> 5) % 60)}:${two((b >>> 11) % 60)}`;
  const visit = `2026-${two(1 + ((b >>> 7) % 12))}-${two(1 + ((b >>> 3) % 28))}T${clock}Z`;
  const orders = isBad ? 'many' : String(b % 5000);
  const city = cities[a & 7] ?? '';
  const plan = plans[b & 3] ?? '';
  return `${id},${city},${plan},${(b & 16) === 0},${orders},${(b % 1000003) / 100},${day},${visit},${1_500_000_000 + (a % 150_000_000)}\n`;
}

/** Two different numbers never have the same one; neighbours have nothing in common. */
function scatter(number: number): number {
  let x = number | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

function hex(number: number): string {
  return number.toString(16).padStart(8, '0');
}

function two(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
