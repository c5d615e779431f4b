import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { getPool } from '#lib/db/pool.ts';
import { tableName } from '#lib/store/names.ts';
import { startBenchServer, type BenchServer } from './bench-server.ts';
import { createBenchTable } from './bench-table.ts';
import { BenchWorker, queueUpload, storeFile, uploadEnded } from './bench-worker.ts';
import { writeCustomers } from './data.ts';
import { printMustHold, type Promised } from './must-hold.ts';
import { readOptions } from './options.ts';
import { printTable, type Cell } from './table.ts';

/** Files below 16 MiB are merged also into an empty table. */
const ways = [
  { name: 'made by a first load', share: 1 },
  { name: 'made by merging', share: 0.5 },
] as const;

/**
 * A table whose rows all change every night, for a month: how large it is after each night, as a multiple of its first size, and
 * how long the night took. `npm run bench -- nights --rows 300_000 --nights 30`
 */
export async function run(args: readonly string[]): Promise<void> {
  const { rows, nights, directory } = readOptions(args, 300_000, { nights: 30 });
  const server = await startBenchServer(directory);
  const worker = await BenchWorker.start(server.directory);
  try {
    const lines: Cell[][] = [];
    const promises: Promised[] = [];
    for (const { name, share } of ways) {
      const count = Math.floor(rows * share);
      const month = await measureMonth(server, { count, nights });
      for (const [night, { size, seconds }] of month.entries()) {
        if (night % 5 === 4 || night === 0) lines.push([name, String(night + 1), size, seconds]);
      }
      promises.push(
        {
          promise: `size of a table ${name}, of its first`,
          measured: Math.max(...month.map(({ size }) => size)),
          kind: 'at most',
          bound: 1.5,
        },
        {
          promise: `last nights of a table ${name}, of the first ones' time`,
          measured: average(month.slice(-5)) / average(month.slice(0, 5)),
          kind: 'at most',
          bound: 1.25,
        },
      );
    }
    printTable(['table', 'night', 'size', 'seconds'], lines);
    printMustHold(promises);
  } finally {
    await worker.kill('SIGTERM');
    await server.stop();
  }
}

interface Night {
  /** Of rows and keys, as a multiple of the first. */
  readonly size: number;
  readonly seconds: number;
}

async function measureMonth(
  { directory }: BenchServer,
  { count, nights }: { readonly count: number; readonly nights: number },
): Promise<readonly Night[]> {
  const { tableId } = await createBenchTable();
  const load = async (version: number) => {
    const file = join(directory, 'night.csv');
    await writeCustomers(file, { from: 0, count, version });
    const stored = await storeFile(directory, file);
    const started = performance.now();
    await uploadEnded(await queueUpload(tableId, stored));
    const seconds = (performance.now() - started) / 1000;
    await Promise.all([rm(file), stored.remove()]);
    return seconds;
  };
  await load(0);
  const first = await sizeOf(tableId);
  const month: Night[] = [];
  for (let night = 1; night <= nights; night++) {
    const seconds = await load(night);
    month.push({ size: (await sizeOf(tableId)) / first, seconds });
  }
  return month;
}

/** Bytes of rows and keys. */
async function sizeOf(tableId: number): Promise<number> {
  const { rows } = await getPool().query<{ bytes: string }>(
    'SELECT sum(pg_total_relation_size(relid)) AS bytes FROM pg_partition_tree($1::regclass)',
    [tableName(tableId)],
  );
  return Number(rows[0]?.bytes);
}

function average(nights: readonly Night[]): number {
  return nights.reduce((sum, { seconds }) => sum + seconds, 0) / Math.max(1, nights.length);
}
