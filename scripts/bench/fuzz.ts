import { parseArgs } from 'node:util';
import pino from 'pino';
import { roleConfig } from '#lib/config/role-config.ts';
import { startEdge } from '#lib/edge/start-edge.ts';
import { compareWithApi } from '#lib/testing/exactness/compare-with-api.ts';
import { startProductUnderTest } from '#lib/testing/exactness/product-under-test.ts';
import { seededRandom } from '#lib/core/seeded-random.ts';
import { startBenchServer } from './bench-server.ts';
import { BenchWorker } from './bench-worker.ts';
import { compareWithCsvParse } from './compare-with-csv-parse.ts';

const rowsPerFile = 5_000;

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
  const compared = compareWithCsvParse(seededRandom(seed), cells);
  console.log(`PASS: ${compared.toLocaleString('en')} cells, read as csv-parse reads them.`);
  await fuzzProduct(seed, cells);
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
  const worker = await BenchWorker.start(server.directory);
  try {
    const product = await startProductUnderTest(`http://127.0.0.1:${edge.ports.profile}`);
    const random = seededRandom(seed);
    const sums = { cells: 0, customers: 0, rejectedRows: 0 };
    for (let round = 0; sums.cells < wanted; round++) {
      const options = { random, rows: rowsPerFile, round };
      const compared = await compareWithApi(product, options);
      sums.cells += compared.cells;
      sums.customers += compared.customers;
      sums.rejectedRows += compared.rejectedRows;
      if (round % 10 === 9) console.log(`${sums.cells.toLocaleString('en')} cells so far.`);
    }
    const [cells, customers, rejected] = [sums.cells, sums.customers, sums.rejectedRows].map(
      (count) => count.toLocaleString('en'),
    );
    console.log(
      `PASS: ${cells} cells of ${customers} customers, loaded and looked up; ${rejected} rows rejected.`,
    );
  } finally {
    await worker.kill('SIGTERM');
    await edge.stop(1_000);
    await server.stop();
  }
}
