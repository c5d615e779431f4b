import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startBenchServer, type BenchServer } from './bench-server.ts';
import { createBenchTable, dropBenchTable, type BenchTable } from './bench-table.ts';
import { BenchWorker, queueUpload, storeFile, uploadEnded } from './bench-worker.ts';
import { writeCustomers, type CustomersOptions } from './data.ts';
import { ingestPromises, steps } from './ingest-promises.ts';
import { startTraffic, type Latencies, type Latency } from './live-traffic.ts';
import { Measurements, type LoaderUse } from './measurements.ts';
import { printMustHold } from './must-hold.ts';
import { readOptions, type BenchOptions } from './options.ts';
import { addKey, copyFile, createPlainTable, dropPlainTable } from './raw-copy.ts';
import { loadWithPapaparse } from './usual/papaparse-upsert.ts';
import { loadWithPrisma } from './usual/zod-prisma.ts';

/** Rows of what is too slow for more; its time is scaled up. */
const usualRows = 200_000;
const badEvery = 1_000;

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
  readonly #run: Measurements;
  readonly #tenth: number;
  #latencies: Latencies | null = null;

  constructor(server: BenchServer, options: BenchOptions) {
    this.#server = server;
    this.#options = options;
    this.#run = new Measurements(server);
    this.#tenth = Math.floor(options.rows / 10);
  }

  async run(): Promise<void> {
    const { rows } = this.#options;
    const fresh = { from: this.#tenth, count: rows, version: 1 };
    await this.#measureCopy(fresh);
    await this.#measureCopyWithKey(fresh);
    await this.#measureFirstLoad(steps.firstLoad, { ...fresh, badEvery });
    await this.#measureFirstLoad(steps.allWrong, { ...fresh, badEvery: 1 });
    await this.#measureUpdates();
    await this.#measureUsual();
    this.#run.print(steps.limit);
    if (this.#latencies) printLatencies(this.#latencies);
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

  /** 90 % new rows into a tenth as many, then a tenth of them changed, the same again, changed beside requests. */
  async #measureUpdates(): Promise<void> {
    const { mostlyNew, changed, unchanged, traffic } = steps;
    if (![mostlyNew, changed, unchanged, traffic].some((name) => this.#isWanted(name))) return;
    const tenth = this.#tenth;
    const table = await createBenchTable();
    await this.#load(null, table, { from: 0, count: tenth, version: 1 });
    const { rows } = this.#options;
    const most = { from: tenth, count: rows, version: 1, knownEvery: 10, badEvery };
    await this.#load(mostlyNew, table, most);
    const update = { from: tenth, count: tenth, badEvery };
    await this.#load(changed, table, { ...update, version: 2 });
    await this.#load(unchanged, table, { ...update, version: 2 });
    await this.#load(traffic, table, { ...update, version: 3 }, async (load) => {
      const requests = startTraffic(table, 2 * tenth);
      const use = await load();
      this.#latencies = await requests.stop();
      return use;
    });
    await dropBenchTable(table);
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

  /**
   * @param name `null` for a load that is there only for the next one.
   * @param around does something beside the load.
   */
  async #load(
    name: string | null,
    table: BenchTable,
    customers: CustomersOptions,
    around: (load: () => Promise<LoaderUse>) => Promise<LoaderUse> = (load) => load(),
  ): Promise<void> {
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
    else await this.#run.measure(name, { file, rows: customers.count }, () => around(load));
    await worker.kill('SIGTERM');
    await Promise.all([rm(file), stored.remove()]);
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

function printLatencies({ lookups, writes }: Latencies): void {
  const describe = (name: string, { requests, median, p99, worst }: Latency) =>
    `${name} during a load: ${requests}, median ${median.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, worst ${worst.toFixed(1)} ms`;
  console.log();
  console.log(describe('Lookups', lookups));
  console.log(describe('Writes', writes));
}
