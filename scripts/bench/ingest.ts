import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { getPool } from '#lib/db/pool.ts';
import { startBenchServer, type BenchServer } from './bench-server.ts';
import { createBenchTable, dropBenchTable, type BenchTable } from './bench-table.ts';
import { BenchWorker, queueUpload, storeFile, uploadEnded } from './bench-worker.ts';
import { writeCustomers, type CustomersOptions } from './data.ts';
import { processorSeconds, watchMemory } from './memory.ts';
import { readOptions, type BenchOptions } from './options.ts';
import { addKey, copyFile, createPlainTable, dropPlainTable } from './raw-copy.ts';
import { printTable, type Cell } from './table.ts';
import { loadWithPapaparse } from './usual/papaparse-upsert.ts';
import { loadWithPrisma } from './usual/zod-prisma.ts';

/** Rows of what is too slow for more; its time is scaled up. */
const usualRows = 200_000;
const badEvery = 1_000;

interface Measured {
  readonly seconds: number;
  readonly rows: number;
  readonly bytes: number;
  /** Of the loader, as far as it is not this process. */
  readonly loader: LoaderUse;
  readonly serverSeconds: number | null;
  readonly serverMemory: number | null;
}

interface LoaderUse {
  readonly memory: number | null;
  readonly seconds: number | null;
}

/** Loads generated customers in every way and prints how long each took, all on one PostgreSQL. */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args, 10_000_000);
  const server = await startBenchServer(options.directory);
  try {
    const bench = new IngestBench(server, options);
    await bench.run();
  } finally {
    await server.stop();
  }
}

class IngestBench {
  readonly #server: BenchServer;
  readonly #options: BenchOptions;
  readonly #results = new Map<string, Measured>();

  constructor(server: BenchServer, options: BenchOptions) {
    this.#server = server;
    this.#options = options;
  }

  async run(): Promise<void> {
    const { rows } = this.#options;
    const small = Math.floor(rows / 10);
    const fresh = { from: small, count: rows, version: 1 };
    await this.#measureCopy(fresh);
    await this.#measureCopyWithKey({ ...fresh, knownEvery: 0 });
    await this.#measureFirstLoad({ ...fresh, badEvery });
    await this.#measureUpdates();
    await this.#measureUsual();
    this.#print();
  }

  /** The limit: nothing but rows, and the key at the end. */
  async #measureCopy(customers: CustomersOptions): Promise<void> {
    const limit = 'raw COPY, then the key (the limit)';
    const small = 'raw COPY of a tenth';
    if (!this.#isWanted(limit)) return;
    const file = await this.#write('all.csv', customers);
    await createPlainTable('plain');
    await this.#measure(limit, { file, rows: customers.count }, async () => {
      await copyFile('plain', file);
      await addKey('plain');
      return undefined;
    });
    await rm(file);
    await dropPlainTable('plain');
    const count = Math.floor(customers.count / 10);
    const tenth = await this.#write('tenth.csv', { ...customers, count });
    await createPlainTable('plain');
    await this.#measure(small, { file: tenth, rows: count }, () => copyFile('plain', tenth));
    await rm(tenth);
    await dropPlainTable('plain');
  }

  async #measureCopyWithKey(customers: CustomersOptions): Promise<void> {
    const name = 'COPY with the key in place, into a tenth';
    if (!this.#isWanted(name)) return;
    const base = await this.#write('base.csv', { from: 0, count: customers.from, version: 1 });
    const file = await this.#write('all.csv', customers);
    await createPlainTable('plain');
    await copyFile('plain', base);
    await addKey('plain');
    await this.#measure(name, { file, rows: customers.count }, () => copyFile('plain', file));
    await Promise.all([rm(file), rm(base)]);
    await dropPlainTable('plain');
  }

  async #measureFirstLoad(customers: CustomersOptions): Promise<void> {
    const name = 'ours: first load of an empty table';
    if (!this.#isWanted(name)) return;
    const table = await createBenchTable();
    await this.#load(name, table, customers);
    await dropBenchTable(table);
  }

  /** 90 % new rows into a tenth as many, then a tenth of them changed, then the same again. */
  async #measureUpdates(): Promise<void> {
    const { rows } = this.#options;
    const tenth = Math.floor(rows / 10);
    const names = [
      'ours: 90 % new rows, into a tenth',
      'ours: a tenth, all changed',
      'ours: a tenth, all unchanged',
    ] as const;
    if (!names.some((name) => this.#isWanted(name))) return;
    const table = await createBenchTable();
    await this.#load(null, table, { from: 0, count: tenth, version: 1 });
    const most = { from: tenth, count: rows, version: 1, knownEvery: 10, badEvery };
    await this.#load(names[0], table, most);
    const changed = { from: tenth, count: tenth, version: 2, badEvery };
    await this.#load(names[1], table, changed);
    await this.#load(names[2], table, changed);
    await dropBenchTable(table);
  }

  async #measureUsual(): Promise<void> {
    const ways = {
      'papaparse + multi-row upsert': loadWithPapaparse,
      'csv-parse + zod + Prisma createMany': loadWithPrisma,
    };
    for (const [name, load] of Object.entries(ways)) {
      if (!this.#isWanted(name)) continue;
      const rows = Math.min(usualRows, this.#options.rows);
      const file = await this.#write('usual.csv', { from: 0, count: rows, version: 1 });
      const run = await load(file, this.#server.directory);
      await this.#measure(name, { file, rows }, run);
      await rm(file);
    }
  }

  async #load(name: string | null, table: BenchTable, customers: CustomersOptions): Promise<void> {
    const { directory } = this.#server;
    const file = await this.#write('ours.csv', customers);
    const stored = await storeFile(directory, file);
    const worker = await BenchWorker.start(directory);
    const load = async () => {
      const before = (await worker.processorSeconds()) ?? 0;
      await uploadEnded(await queueUpload(table.tableId, stored));
      const after = await worker.processorSeconds();
      return { memory: await worker.peakMemory(), seconds: after === null ? null : after - before };
    };
    if (name === null) await load();
    else await this.#measure(name, { file, rows: customers.count }, load);
    await worker.kill('SIGTERM');
    await Promise.all([rm(file), stored.remove()]);
  }

  async #measure(
    name: string,
    { file, rows }: { readonly file: string; readonly rows: number },
    work: () => Promise<LoaderUse | undefined>,
  ): Promise<void> {
    const { size: bytes } = await stat(file);
    // What the step before left unwritten must not count.
    await getPool().query('CHECKPOINT');
    const watch = watchMemory(this.#server.database().pid);
    const before = (await processorSeconds(this.#server.database().pid)) ?? 0;
    const started = performance.now();
    const loader = await work();
    const seconds = (performance.now() - started) / 1000;
    const after = await processorSeconds(this.#server.database().pid);
    const measured = {
      seconds,
      rows,
      bytes,
      loader: loader ?? { memory: null, seconds: null },
      serverSeconds: after === null ? null : after - before,
      serverMemory: await watch.stop(),
    };
    this.#results.set(name, measured);
    console.log(`${name}: ${seconds.toFixed(1)} s for ${rows.toLocaleString('en')} rows`);
  }

  async #write(name: string, customers: CustomersOptions): Promise<string> {
    const file = join(this.#server.directory, name);
    await writeCustomers(file, customers);
    return file;
  }

  #isWanted(name: string): boolean {
    const { only } = this.#options;
    return only.length === 0 || only.some((part) => name.includes(part));
  }

  #print(): void {
    const limit = this.#results.get('raw COPY, then the key (the limit)');
    const lines = [...this.#results].map(([name, measured]): Cell[] => {
      const perRow = measured.seconds / measured.rows;
      return [
        name,
        measured.rows,
        measured.seconds,
        measured.rows / measured.seconds,
        measured.bytes / measured.seconds / 1e6,
        limit ? perRow / (limit.seconds / limit.rows) : null,
        measured.loader.seconds,
        measured.serverSeconds,
        measured.loader.memory,
        measured.serverMemory,
      ];
    });
    console.log();
    const speeds = ['rows', 'seconds', 'rows/s', 'MB/s', 'time per row / limit'];
    const uses = ['worker CPU s', 'PostgreSQL CPU s', 'worker MiB', 'PostgreSQL MiB'];
    printTable(['', ...speeds, ...uses], lines);
  }
}
