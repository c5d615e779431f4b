import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bindHeader } from '#lib/core/csv/bind-header.ts';
import { KeyFilter } from '#lib/core/csv/key-filter.ts';
import { readHeader } from '#lib/core/csv/read-header.ts';
import { RowScanner } from '#lib/core/csv/row-scanner.ts';
import { defaultIngestSettings } from '#lib/ingest/settings.ts';
import { benchAttributes, benchHeader, customers } from './data.ts';
import { printMustHold, type Promised } from './must-hold.ts';
import { readOptions } from './options.ts';
import { printTable } from './table.ts';

/** As the worker reads. */
const { chunkBytes, keyFilterBytes } = defaultIngestSettings;
/** Of several runs the fastest counts: what else the machine does is not the kernel's speed. */
const runs = 5;

/**
 * Measures the scan alone, of bytes that are in memory, on one core and with the filter that every load has: as bytes per second,
 * against reading the same file.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { rows, directory } = readOptions(args, 1_000_000);
  const place = await mkdtemp(join(directory ?? tmpdir(), 'opendcp-bench-'));
  try {
    const lines: (string | number)[][] = [];
    const promises: Promised[] = [];
    for (const { name, lineOf, bound } of files) {
      const file = join(place, 'customers.csv');
      const bytes = makeFile(rows, lineOf);
      await writeFile(file, bytes);
      const { accepted, rejected, reading, scanning } = await measureFile(file, bytes);
      lines.push([name, accepted, rejected, reading, scanning, scanning / reading]);
      promises.push({
        promise: `scan of ${name}, MB/s on one core`,
        measured: scanning,
        kind: 'at least',
        bound,
      });
      await rm(file);
    }
    printTable(['', 'accepted', 'rejected', 'read MB/s', 'scan MB/s', 'scan / read'], lines);
    printMustHold(promises);
  } finally {
    await rm(place, { recursive: true });
  }
}

interface KernelFile {
  readonly name: string;
  readonly lineOf: (line: string, index: number) => string;
  /** MB/s. */
  readonly bound: number;
}

const files: readonly KernelFile[] = [
  { name: 'plain cells, 0.1 % bad rows', lineOf: (line) => line, bound: 300 },
  {
    name: 'quoted cells, a tenth with "" or a line break',
    lineOf: (line, index) => {
      const cells = line.trimEnd().split(',');
      // One of nine cells in nine of ten rows.
      if (index % 10 > 0) cells[1] = index % 2 === 0 ? `${cells[1]} ""x""` : `${cells[1]}\nx`;
      return `${cells.map((cell) => `"${cell}"`).join(',')}\n`;
    },
    bound: 200,
  },
  // No slower than PostgreSQL takes good rows.
  {
    name: 'rows that are all wrong',
    lineOf: (line) => line.replace(/,[^,]*$/, ',never\n'),
    bound: 60,
  },
];

function makeFile(rows: number, lineOf: (line: string, index: number) => string): Buffer {
  const parts = [Buffer.from(benchHeader)];
  let text = '';
  let index = 0;
  for (const line of customers({ from: 0, count: rows, version: 1, badEvery: 1_000 })) {
    text += lineOf(line, index++);
    if (text.length < chunkBytes) continue;
    parts.push(Buffer.from(text));
    text = '';
  }
  return Buffer.concat([...parts, Buffer.from(text)]);
}

async function measureFile(file: string, bytes: Buffer) {
  const megabytes = bytes.length / 1e6;
  const reading = await fastest(() => read(file));
  let counts = { accepted: 0, rejected: 0 };
  const scanning = await fastest(() => {
    counts = scan(bytes);
  });
  return { ...counts, reading: megabytes / reading, scanning: megabytes / scanning };
}

async function fastest(work: () => Promise<void> | void): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < runs; round++) {
    const started = performance.now();
    await work();
    best = Math.min(best, performance.now() - started);
  }
  return best / 1000;
}

async function read(file: string): Promise<void> {
  const stream = createReadStream(file, { highWaterMark: chunkBytes });
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) bytes += chunk.length;
  if (bytes === 0) throw new Error('Nothing was read.');
}

function scan(bytes: Buffer): { accepted: number; rejected: number } {
  const scanner = createScanner(bytes);
  const counts = { accepted: 0, rejected: 0 };
  const add = ({ acceptedRows, repeatRows, rejectedRows }: ReturnType<RowScanner['scan']>) => {
    counts.accepted += acceptedRows + repeatRows;
    counts.rejected += rejectedRows;
  };
  for (let at = scanner.position.byteOffset; at < bytes.length;) {
    const end = Math.min(bytes.length, at + chunkBytes);
    add(scanner.scan(bytes.subarray(at, end)));
    at = end;
  }
  add(scanner.finish());
  return counts;
}

function createScanner(bytes: Buffer): RowScanner {
  const start = bytes.subarray(0, chunkBytes);
  const header = readHeader({ start, isWhole: false, fileName: 'customers.csv' });
  if (!header?.ok) throw new Error('The header was not read.');
  const attributes = benchAttributes.map((attribute, id) => ({
    ...attribute,
    id,
    isArchived: false,
  }));
  const columns = bindHeader(header.value.cells, attributes, { tableName: 'Customers' });
  if (!columns.ok) throw new Error(columns.error.message);
  const { delimiter, lineEnd, byteLength, nextLine } = header.value;
  return new RowScanner({
    columns: columns.value,
    delimiter,
    lineEnd,
    position: { byteOffset: byteLength, line: nextLine },
    keys: new KeyFilter(Math.min(keyFilterBytes, bytes.length / 24)),
  });
}
