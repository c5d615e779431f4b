import { fork } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { columnName, tableName } from '#lib/store/names.ts';
import { startBenchServer } from './bench-server.ts';
import { createBenchTable, type BenchTable } from './bench-table.ts';
import { BenchWorker, queueUpload, storeFile, uploadEnded } from './bench-worker.ts';
import { benchAttributes } from './data.ts';
import { printMustHold } from './must-hold.ts';
import { readOptions } from './options.ts';
import { load } from './profiles.ts';

const memory = z.object({ before: z.number(), peak: z.number() });

/**
 * Exports a table of every datatype, with missing and empty values and values at their limits, imports the file into a fresh table,
 * and compares all rows. `--rows 1_000_000`.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { rows, directory } = readOptions(args, 1_000_000);
  const server = await startBenchServer(directory);
  try {
    const table = await createBenchTable();
    await load(server.directory, table, rows);
    await spoil(table);
    const file = join(server.directory, 'export.csv');
    const written = await timed(() => writeExport(table, file));
    const fresh = await createBenchTable();
    const read = await timed(() => importFile(server.directory, fresh, file));
    const { size } = await stat(file);
    const different = await countDifferences(table, fresh);
    console.log(
      `${rows.toLocaleString('en')} rows, ${Math.round(size / 1024 / 1024)} MiB: exported in ${written.seconds.toFixed(1)} s, imported in ${read.seconds.toFixed(1)} s.`,
    );
    printMustHold([
      { promise: 'rows that differ', measured: different, kind: 'at most', bound: 0 },
      {
        promise: 'memory that an export adds, MiB',
        measured: written.result.peak - written.result.before,
        kind: 'at most',
        bound: 100,
      },
      { promise: 'memory of the worker, MiB', measured: read.result, kind: 'at most', bound: 300 },
    ]);
  } finally {
    await server.stop();
  }
}

/** Values that files have trouble with, in a tenth of the rows each. */
async function spoil({ tableId, columns }: BenchTable): Promise<void> {
  const column = (name: string) => {
    const index = benchAttributes.findIndex((attribute) => attribute.name === name);
    return columnName(columns[index]?.attributeId ?? 0);
  };
  const changes = [
    `${column('city')} = ''`,
    `${column('city')} = NULL, ${column('newsletter')} = NULL, ${column('birthday')} = NULL`,
    `${column('city')} = E'a "b", c\\r\\nd\\te\\\\f 😀', ${column('orders')} = 9223372036854775807`,
    `${column('revenue')} = 5e-324, ${column('orders')} = -9223372036854775807`,
    `${column('revenue')} = '-0'::float8, ${column('plan')} = '  blanks  '`,
    `${column('birthday')} = '0001-01-01', ${column('last_visit')} = '9999-12-31 23:59:59', ${column('signed_up')} = NULL`,
  ];
  for (const [index, change] of changes.entries()) {
    await getPool().query(
      `UPDATE ${tableName(tableId)} SET ${change} WHERE abs(hashtext(customer_id)) % 10 = ${index}`,
    );
  }
}

async function writeExport({ tableId }: BenchTable, file: string) {
  const { service } = await getDb().table.findUniqueOrThrow({
    where: { id: tableId },
    include: { service: true },
  });
  const script = fileURLToPath(new URL('./export/write-export.ts', import.meta.url));
  const child = fork(script, [String(service.accountId), String(tableId), file]);
  const exited = once(child, 'exit');
  const [message] = (await once(child, 'message')) as [unknown];
  await exited;
  return memory.parse(message);
}

async function importFile(directory: string, { tableId }: BenchTable, file: string) {
  const stored = await storeFile(directory, file);
  const worker = await BenchWorker.start(directory);
  const { rowsRejected } = await uploadEnded(await queueUpload(tableId, stored));
  if (rowsRejected > 0n) throw new Error(`${rowsRejected} rows of the export were rejected.`);
  const peak = await worker.peakMemory();
  await worker.kill('SIGTERM');
  return peak;
}

/** Rows of either table that the other does not have; doubles by their bits. */
async function countDifferences(left: BenchTable, right: BenchTable): Promise<number> {
  const select = ({ tableId, columns }: BenchTable) =>
    `SELECT customer_id, ${columns
      .map(({ attributeId, type }) =>
        type === 'double' ? `float8send(${columnName(attributeId)})` : columnName(attributeId),
      )
      .join(', ')} FROM ${tableName(tableId)}`;
  const { rows } = await getPool().query<{ count: string }>(
    `SELECT (SELECT count(*) FROM (${select(left)} EXCEPT ALL ${select(right)}) AS gone)
          + (SELECT count(*) FROM (${select(right)} EXCEPT ALL ${select(left)}) AS added) AS count`,
  );
  return Number(rows[0]?.count);
}

async function timed<Result>(work: () => Promise<Result>) {
  const started = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - started) / 1000 };
}
