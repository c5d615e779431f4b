import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { seededRandom } from '#lib/core/seeded-random.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { readRejects } from '#lib/ingest/read-rejects.ts';
import { columnName, tableName } from '#lib/store/names.ts';
import { countRows } from '#lib/store/row-counts.ts';
import { startBenchServer, type BenchServer } from './bench-server.ts';
import { createBenchTable, dropBenchTable, type BenchTable } from './bench-table.ts';
import {
  BenchWorker,
  queueUpload,
  storeFile,
  uploadEnded,
  type StoredFile,
} from './bench-worker.ts';
import { writeCustomers } from './data.ts';
import { printMustHold } from './must-hold.ts';
import { readOptions } from './options.ts';

const kills = 20;
/** So that kills fall into many batches and between them. */
const batches = 25;
const victims = ['worker', 'server', 'both'] as const;

/**
 * Loads two files undisturbed, then again while worker and PostgreSQL are killed at random moments, and says
 * whether tables, counts and rejects are the same. Exits with 1 when they are not.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { rows, directory, seed } = readOptions(args, 5_000_000, { seed: 1 });
  const server = await startBenchServer(directory);
  try {
    const files = await makeFiles(server, rows);
    const startWorker = () => BenchWorker.start(server.directory, Math.ceil(rows / batches));
    const calm = await loadCalmly(server, files, startWorker);
    const { seconds } = calm;
    const shaken = await loadShaken(server, { files, seed, seconds, startWorker });
    const isSame = JSON.stringify(calm.result) === JSON.stringify(shaken.result);
    console.log(`Undisturbed: ${JSON.stringify(calm.result)}`);
    console.log(`Killed:      ${JSON.stringify(shaken.result)}`);
    console.log(
      `${isSame ? 'PASS' : 'MISS'}: table, counts and rejects are ${isSame ? 'the same' : 'different'}.`,
    );
    printMustHold([
      {
        promise: 'kills while the files were loaded',
        measured: shaken.kills,
        kind: 'at least',
        bound: kills,
      },
    ]);
    if (!isSame) process.exitCode = 1;
  } finally {
    await server.stop();
  }
}

/** New customers, some of them twice; then half of them changed and as many new ones. */
async function makeFiles({ directory }: BenchServer, rows: number): Promise<StoredFile[]> {
  const half = Math.floor(rows / 2);
  const versions = [
    { from: 1_000, count: rows, version: 1, knownEvery: 20, badEvery: 1_000 },
    { from: half, count: rows, version: 2, knownEvery: 20, badEvery: 1_000 },
  ];
  const files: StoredFile[] = [];
  for (const [index, customers] of versions.entries()) {
    const file = join(directory, `file-${index}.csv`);
    await writeCustomers(file, customers);
    files.push(await storeFile(directory, file));
    await rm(file);
  }
  return files;
}

type StartWorker = () => Promise<BenchWorker>;

async function loadCalmly(
  server: BenchServer,
  files: readonly StoredFile[],
  startWorker: StartWorker,
) {
  const table = await createBenchTable();
  const worker = await startWorker();
  const started = performance.now();
  const ids: number[] = [];
  for (const file of files) ids.push(await queueUpload(table.tableId, file));
  for (const id of ids) await uploadEnded(id);
  const seconds = (performance.now() - started) / 1000;
  await worker.kill('SIGTERM');
  const result = await describe(server, table, ids);
  await dropBenchTable(table);
  console.log(`Undisturbed in ${seconds.toFixed(1)} s.`);
  return { seconds, result };
}

interface ShakenOptions {
  readonly files: readonly StoredFile[];
  readonly seed: number;
  /** How long it takes undisturbed. */
  readonly seconds: number;
  readonly startWorker: StartWorker;
}

async function loadShaken(
  server: BenchServer,
  { files, seed, seconds, startWorker }: ShakenOptions,
) {
  const random = seededRandom(seed);
  const table = await createBenchTable();
  let worker = await startWorker();
  const ids: number[] = [];
  for (const file of files) ids.push(await queueUpload(table.tableId, file));
  let done = 0;
  for (; done < kills && (await isUnderWay(ids)); done++) {
    const pause = random() * Math.max(3, (3 * seconds) / kills);
    const victim = victims[Math.floor(random() * victims.length)] ?? 'both';
    await delay(pause * 1000);
    const isServer = victim !== 'worker';
    const isWorker = victim !== 'server';
    await Promise.all([
      isWorker ? worker.kill('SIGKILL') : Promise.resolve(),
      isServer ? server.crash() : Promise.resolve(),
    ]);
    if (isWorker) worker = await startWorker();
    console.log(`Kill ${done + 1}: ${victim} after ${pause.toFixed(1)} s, ${await standOf(ids)}.`);
  }
  for (const id of ids) await uploadEnded(id);
  await worker.kill('SIGTERM');
  console.log(`${done} kills while the files were loaded (seed ${seed}).`);
  return { kills: done, result: await describe(server, table, ids) };
}

async function isUnderWay(ids: readonly number[]): Promise<boolean> {
  const finishedAt = null;
  return (await getDb().upload.count({ where: { id: { in: [...ids] }, finishedAt } })) > 0;
}

async function standOf(ids: readonly number[]): Promise<string> {
  const uploads = await getDb().upload.findMany({
    where: { id: { in: [...ids] } },
    orderBy: { id: 'asc' },
  });
  return uploads.map(({ state, rowsRead }) => `${state} ${rowsRead}`).join(', ');
}

/** Everything there is to know about the loaded table, but for times and ids. */
async function describe(
  { directory }: BenchServer,
  { tableId, columns }: BenchTable,
  ids: readonly number[],
) {
  const cells = columns.map(({ attributeId }) => columnName(attributeId)).join(', ');
  const { rows } = await getPool().query<{ rows: string; digest: string }>(
    `SELECT count(*) AS rows, sum(hashtextextended(row(customer_id, ${cells})::text, 0)) AS digest
     FROM ${tableName(tableId)}`,
  );
  const uploads = await getDb().upload.findMany({
    where: { id: { in: [...ids] } },
    orderBy: { id: 'asc' },
    include: { rejectGroups: { orderBy: { count: 'asc' } } },
  });
  const kept: string[] = [];
  for (const id of ids) kept.push(await digestRejects(directory, id));
  return {
    ...rows[0],
    kept,
    counted: (await countRows(getPool(), [tableId])).get(tableId),
    uploads: uploads.map((upload) => ({
      state: upload.state,
      read: Number(upload.rowsRead),
      accepted: Number(upload.rowsAccepted),
      rejected: Number(upload.rowsRejected),
      created: Number(upload.rowsCreated),
      changed: Number(upload.rowsChanged),
      groups: upload.rejectGroups.map(({ code, column, count }) => [code, column, Number(count)]),
    })),
  };
}

/** Of every kept reject, byte for byte and in their order. */
async function digestRejects(directory: string, uploadId: number): Promise<string> {
  const blobs = await FileBlobStore.open({ directory: join(directory, 'objects') });
  const hash = createHash('sha256');
  for await (const reject of readRejects({ blobs, uploadId })) {
    hash.update(JSON.stringify({ ...reject, raw: reject.raw.toString('base64') }));
  }
  return hash.digest('hex');
}
