import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { getPool } from '#lib/db/pool.ts';
import { BenchEdge } from './bench-edge.ts';
import { startBenchServer, type BenchServer } from './bench-server.ts';
import { createBenchTable, dropBenchTable, type BenchTable } from './bench-table.ts';
import { BenchWorker, storeFile } from './bench-worker.ts';
import { writeCustomers, type CustomersOptions } from './data.ts';
import { besideSteps, ingestPromises, steps } from './ingest-promises.ts';
import { startTraffic, type Latencies, type Latency } from './live-traffic.ts';
import { makeLogFiles } from './log-files.ts';
import { Measurements } from './measurements.ts';
import { printMustHold } from './must-hold.ts';
import { readOptions, type BenchOptions } from './options.ts';
import { addKey, copyFile, createPlainTable, dropPlainTable } from './raw-copy.ts';
import { printTable, type Cell } from './table.ts';
import { refuseWrongCounts, timedLoad, type TimedLoad } from './timed-load.ts';
import { loadWithPapaparse } from './usual/papaparse-upsert.ts';
import { loadWithPrisma } from './usual/zod-prisma.ts';

/** Rows of what is too slow for more; its time is scaled up. */
const usualRows = 200_000;
const badEvery = 1_000;
/** Of the numbers of customers that are new in a file where every tenth is known, these are in the file. */
const loaded = { offset: 1, step: 10 };

/** Loads generated customers in every way and prints how long each took, all on one PostgreSQL. */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args, 10_000_000);
  const server = await startBenchServer(options.directory);
  try {
    const edge = await BenchEdge.start(server.directory);
    try {
      await new IngestBench(server, edge, options).run();
    } finally {
      await edge.stop();
    }
  } finally {
    await server.stop();
  }
}

interface MeasuredLoad {
  readonly table: BenchTable;
  readonly file: string;
  readonly customers: CustomersOptions;
  readonly load: () => Promise<TimedLoad>;
}

class IngestBench {
  readonly #server: BenchServer;
  readonly #edge: BenchEdge;
  readonly #options: BenchOptions;
  readonly #run: Measurements;
  readonly #tenth: number;
  readonly #latencies = new Map<string, Latencies>();

  constructor(server: BenchServer, edge: BenchEdge, options: BenchOptions) {
    this.#server = server;
    this.#edge = edge;
    this.#options = options;
    this.#run = new Measurements(server);
    this.#tenth = Math.floor(options.rows / 10);
  }

  async run(): Promise<void> {
    const { rows } = this.#options;
    const fresh = { from: this.#tenth, count: rows, version: 1 };
    await makeLogFiles();
    await this.#measureCopy(fresh);
    await this.#measureCopyWithKey(fresh);
    await this.#measureFirstLoad(steps.firstLoad, { ...fresh, badEvery });
    await this.#measureFirstLoad(steps.allWrong, { ...fresh, badEvery: 1 });
    await this.#measureUpdates();
    await this.#measureFirstLoad(steps.firstLoadBeside, { ...fresh, badEvery });
    await this.#measureMostlyNewBeside();
    await this.#measureUsual();
    this.#run.print(steps.limit);
    printLatencies(this.#latencies);
    printMustHold(ingestPromises(this.#run, this.#latencies));
  }

  /** The limit: nothing but rows, and the key at the end. */
  async #measureCopy(customers: CustomersOptions): Promise<void> {
    if (!this.#isWanted(steps.limit)) return;
    const file = await this.#write('all.csv', customers);
    await createPlainTable('plain');
    await this.#run.measure(steps.limit, { file, rows: customers.count }, async () => {
      await copyFile('plain', file);
      await addKey('plain');
      return undefined;
    });
    await rm(file);
    await dropPlainTable('plain');
    const tenth = await this.#write('tenth.csv', { ...customers, count: this.#tenth });
    await createPlainTable('plain');
    await this.#run.measure(steps.copyTenth, { file: tenth, rows: this.#tenth }, () =>
      copyFile('plain', tenth),
    );
    await rm(tenth);
    await dropPlainTable('plain');
  }

  async #measureCopyWithKey(customers: CustomersOptions): Promise<void> {
    if (!this.#isWanted(steps.copyWithKey)) return;
    const base = await this.#write('base.csv', { from: 0, count: customers.from, version: 1 });
    const file = await this.#write('all.csv', customers);
    await createPlainTable('plain');
    await copyFile('plain', base);
    await addKey('plain');
    await this.#run.measure(steps.copyWithKey, { file, rows: customers.count }, () =>
      copyFile('plain', file),
    );
    await Promise.all([rm(file), rm(base)]);
    await dropPlainTable('plain');
  }

  async #measureFirstLoad(name: string, customers: CustomersOptions): Promise<void> {
    if (!this.#isWanted(name)) return;
    const table = await createBenchTable();
    await this.#load(name, table, customers);
    await dropBenchTable(table);
  }

  /** 90 % new rows into a tenth as many, then a tenth of what is there changed, the same again, changed beside requests. */
  async #measureUpdates(): Promise<void> {
    const { mostlyNew, changed, unchanged, changedBeside } = steps;
    if (![mostlyNew, changed, unchanged, changedBeside].some((name) => this.#isWanted(name)))
      return;
    const tenth = this.#tenth;
    const table = await this.#createTenth();
    await this.#load(mostlyNew, table, this.#mostlyNew());
    // Eleven tenths, as a table has that only new customers came to.
    const rest = { from: tenth + this.#options.rows, count: tenth, version: 1 };
    await this.#load(null, table, rest);
    // Which autovacuum would do within the minute, beside what is measured.
    await getPool().query('VACUUM (ANALYZE)');
    // All over the table, so that every page of it has some.
    const update = { from: tenth + loaded.offset, count: tenth, step: loaded.step, badEvery };
    await this.#load(changed, table, { ...update, version: 3 });
    await this.#load(unchanged, table, { ...update, version: 3 });
    await this.#load(changedBeside, table, { ...update, version: 4 });
    await dropBenchTable(table);
  }

  async #measureMostlyNewBeside(): Promise<void> {
    if (!this.#isWanted(steps.mostlyNewBeside)) return;
    const table = await this.#createTenth();
    await this.#load(steps.mostlyNewBeside, table, this.#mostlyNew());
    await dropBenchTable(table);
  }

  async #createTenth(): Promise<BenchTable> {
    const table = await createBenchTable();
    await this.#load(null, table, { from: 0, count: this.#tenth, version: 1 });
    return table;
  }

  /** Nine tenths are new customers, a tenth are known and have other values. */
  #mostlyNew(): CustomersOptions {
    const { rows } = this.#options;
    return { from: this.#tenth, count: rows, version: 2, knownEvery: 10, badEvery };
  }

  async #measureUsual(): Promise<void> {
    const ways = { [steps.papaparse]: loadWithPapaparse, [steps.prisma]: loadWithPrisma };
    for (const [name, load] of Object.entries(ways)) {
      if (!this.#isWanted(name)) continue;
      const rows = Math.min(usualRows, this.#options.rows);
      const file = await this.#write('usual.csv', { from: 0, count: rows, version: 1 });
      const run = await load(file, this.#server.directory);
      await this.#run.measure(name, { file, rows }, run);
      await rm(file);
    }
  }

  /** @param name `null` for a load that is there only for the next one. */
  async #load(name: string | null, table: BenchTable, customers: CustomersOptions): Promise<void> {
    const { directory } = this.#server;
    const file = await this.#write('ours.csv', customers);
    const stored = await storeFile(directory, file);
    const worker = await BenchWorker.start(directory);
    const load = () => timedLoad(worker, table, stored);
    const { uploadId } =
      name === null
        ? await load()
        : await this.#measureLoad(name, { table, customers, file, load });
    await refuseWrongCounts(uploadId, customers);
    await worker.kill('SIGTERM');
    await Promise.all([rm(file), stored.remove()]);
  }

  async #measureLoad(
    name: string,
    { table, file, customers, load }: MeasuredLoad,
  ): Promise<TimedLoad> {
    const isBeside = besideSteps.has(name);
    const address = isBeside ? await this.#edge.addressOf(table.tableId) : null;
    const traffic = address ? await startTraffic(address, 2 * this.#tenth) : null;
    const done = await this.#run.measure(name, { file, rows: customers.count }, load);
    if (traffic) this.#latencies.set(name, await traffic.stop());
    console.log(`  told of the time left at a quarter, half, three quarters: ${done.timeLeft}`);
    return done;
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
}

function printLatencies(latencies: ReadonlyMap<string, Latencies>): void {
  const lines = [...latencies].flatMap(([name, { lookups, writes, lockWait }]): Cell[][] => [
    [`${name}: lookups`, ...cellsOf(lookups), null],
    [`${name}: writes`, ...cellsOf(writes), lockWait],
  ]);
  if (lines.length === 0) return;
  console.log();
  printTable(['', 'requests', 'p50 ms', 'p99 ms', 'worst ms', 'longest wait for a lock ms'], lines);
}

function cellsOf({ requests, median, p99, worst }: Latency): Cell[] {
  return [requests, median, p99, worst];
}
