import { parseArgs } from 'node:util';
import pino from 'pino';
import { roleConfig } from '#lib/config/role-config.ts';
import { getPool } from '#lib/db/pool.ts';
import { startEdge } from '#lib/edge/start-edge.ts';
import { tableName } from '#lib/store/names.ts';
import { compareWithApi, type ProductUnderTest } from '#lib/testing/exactness/compare-with-api.ts';
import { compareWithCsvParse } from '#lib/testing/exactness/compare-with-csv-parse.ts';
import { startProductUnderTest } from '#lib/testing/exactness/product-under-test.ts';
import { seededRandom } from '#lib/core/seeded-random.ts';
import { startBenchServer } from './bench-server.ts';
import { BenchWorker } from './bench-worker.ts';

const rowsPerFile = 5_000;
/** Several of a file, so that customers come back in later batches, too. */
const batchRows = 2_000;
/** Every so many rounds there is a new table: its first files go the way of a first load, the later ones are merged. */
const roundsPerTable = 4;

/**
 * Looks for a cell that is read differently from csv-parse, or comes out of the profile API otherwise than it
 * went in. Ends with the first difference, or after `--cells` cells in either way.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { cells: { type: 'string' }, seed: { type: 'string' } },
  });
  const cells = Number((values.cells ?? '10000000').replaceAll('_', ''));
  const seed = Number(values.seed ?? 1);
  console.log(`Seed ${seed}.`);
  const start = performance.now();
  const compared = compareWithCsvParse(seededRandom(seed), cells);
  console.log(
    `PASS: ${count(compared.cells)} cells of ${count(compared.files)} files, read as csv-parse reads them, ${speed(compared.cells, start)}; ` +
      `${count(compared.refusedFiles)} files refused by csv-parse: none of their cells is counted, and rows of each were rejected.`,
  );
  await fuzzProduct(seed, cells);
}

function count(number: number): string {
  return number.toLocaleString('en');
}

function speed(cells: number, start: number): string {
  return `${count(Math.round((cells * 1_000) / (performance.now() - start)))} cells/s`;
}

async function fuzzProduct(seed: number, wanted: number): Promise<void> {
  const server = await startBenchServer(null);
  Object.assign(process.env, {
    DATA_DIR: server.directory,
    MASTER_KEY: 'k'.repeat(43),
    S3_PORT: '0',
    PROFILE_PORT: '0',
  });
  const edge = await startEdge(roleConfig(), pino({ level: 'silent' }));
  const worker = await BenchWorker.start(server.directory, batchRows);
  try {
    const url = `http://127.0.0.1:${edge.ports.profile}`;
    const random = seededRandom(seed);
    const start = performance.now();
    const sums = { cells: 0, customers: 0, rejectedRows: 0 };
    let product: ProductUnderTest | undefined;
    let firstLoads = 0;
    let round = 0;
    for (; sums.cells < wanted; round++) {
      if (!product || round % roundsPerTable === 0) {
        product = await startProductUnderTest(url);
      }
      const before = await fileOf(product.tableId);
      const compared = await compareWithApi(product, { random, rows: rowsPerFile, round });
      if ((await fileOf(product.tableId)) !== before) firstLoads += 1;
      sums.cells += compared.cells;
      sums.customers += compared.customers;
      sums.rejectedRows += compared.rejectedRows;
      if (round % 10 === 9) console.log(`${count(sums.cells)} cells so far.`);
    }
    console.log(
      `PASS: ${count(sums.cells)} cells of ${count(sums.customers)} customers, loaded and looked up, ${speed(sums.cells, start)}; ` +
        `${firstLoads} files by the way of a first load, ${round - firstLoads} merged; ${count(sums.rejectedRows)} rows rejected.`,
    );
  } finally {
    await worker.kill('SIGTERM');
    await edge.stop(1_000);
    await server.stop();
  }
}

/** Changes when the rows of a first load take the table's place. */
async function fileOf(tableId: number): Promise<number | undefined> {
  const { rows } = await getPool().query<{ id: number }>('SELECT $1::regclass::oid AS id', [
    tableName(tableId),
  ]);
  return rows[0]?.id;
}
