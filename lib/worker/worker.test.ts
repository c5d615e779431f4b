import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { defaultIngestSettings } from '#lib/ingest/settings.ts';
import { uploadFile } from '#lib/ingest/testing/uploads.ts';
import { prepareStore } from '#lib/store/prepare.ts';
import { createTestTable, readValues } from '#lib/store/testing/fixtures.ts';
import { sessionName, uploadsChannel } from '#lib/store/worker-session.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { eventually } from '#lib/testing/eventually.ts';
import { Worker, type WorkerOptions } from './worker.ts';

useTestDatabase();

let directory: string;
let blobs: FileBlobStore;
const workers: Worker[] = [];

beforeAll(async () => {
  await prepareStore(getPool());
  directory = await mkdtemp(join(tmpdir(), 'opendcp-worker-'));
  blobs = await FileBlobStore.open({ directory });
});
afterAll(() => rm(directory, { recursive: true }));
beforeEach(() => getDb().upload.deleteMany());
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

const silent = () => undefined;

function startWorker(options: Partial<WorkerOptions> = {}): Worker {
  const worker = new Worker({
    context: {
      pool: getPool(),
      blobs,
      settings: { ...defaultIngestSettings, batchRows: 500, chunkBytes: 4_096 },
    },
    log: { info: silent, warn: silent },
    pollInterval: 200,
    ...options,
  });
  void worker.run();
  workers.push(worker);
  return worker;
}

function upload(tableId: number, content: string): Promise<number> {
  return uploadFile(blobs, tableId, { content });
}

function rowsOf(count: number, value: string): string {
  const rows = Array.from({ length: count }, (_, index) => `c${index},${value}\n`);
  return `customerId,string\n${rows.join('')}`;
}

async function stateOf(id: number): Promise<string> {
  return (await getDb().upload.findUniqueOrThrow({ where: { id } })).state;
}

async function ended(ids: readonly number[], state = 'completed'): Promise<void> {
  await eventually(() => Promise.all(ids.map(stateOf))).toEqual(ids.map(() => state));
}

/** Sessions of workers that have looked at the queue. */
async function sessions(): Promise<number[]> {
  const { rows } = await getPool().query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1
     AND query NOT LIKE '%LISTEN%'`,
    [sessionName],
  );
  return rows.map(({ pid }) => pid);
}

/** Whether a statement waits for a lock. */
async function isAnyoneWaiting(): Promise<boolean> {
  const { rowCount } = await getPool().query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rowCount !== 0;
}

test('uploads of one table apply in their order, by however many workers', async () => {
  const table = await createTestTable();
  const ids: number[] = [];
  for (let file = 0; file < 6; file++)
    ids.push(await upload(table.tableId, rowsOf(800, `v${file}`)));
  startWorker();
  startWorker();
  startWorker();
  await ended(ids);
  expect(await readValues(table, 'c0')).toEqual({ string: 'v5' });
  expect(await readValues(table, 'c799')).toEqual({ string: 'v5' });
  const rows = await getDb().upload.findMany({ orderBy: { sequence: 'asc' } });
  expect(rows.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1, 1, 1]);
  rows.forEach((row, index) => {
    const next = rows[index + 1];
    if (next) expect(row.finishedAt?.getTime()).toBeLessThanOrEqual(next.startedAt?.getTime() ?? 0);
  });
});

test('a table that is busy does not keep others waiting', async () => {
  const [slow, quick] = [await createTestTable(), await createTestTable()];
  const holder = await getPool().connect();
  await holder.query(`BEGIN; LOCK TABLE profiles.t_${slow.tableId}`);
  const blocked = await upload(slow.tableId, rowsOf(10, 'x'));
  startWorker();
  await eventually(() => stateOf(blocked)).toBe('processing');
  await ended([await upload(quick.tableId, rowsOf(10, 'y'))]);
  expect(await stateOf(blocked)).toBe('processing');
  await holder.query('COMMIT');
  holder.release();
  await ended([blocked]);
});

test('a failed upload does not hold up the next one', async () => {
  const table = await createTestTable();
  const bad = await upload(table.tableId, 'customerId,nonsense\nc1,x\n');
  const good = await upload(table.tableId, rowsOf(3, 'x'));
  startWorker();
  await ended([good]);
  expect(await stateOf(bad)).toBe('failed');
});

test('a notification wakes a worker that would look much later', async () => {
  const table = await createTestTable();
  startWorker({ pollInterval: 600_000 });
  await eventually(async () => (await sessions()).length).toBe(1);
  const id = await upload(table.tableId, rowsOf(3, 'x'));
  await getPool().query('SELECT pg_notify($1, $2)', [uploadsChannel, String(table.tableId)]);
  await ended([id]);
});

test('as many uploads are loaded at once as the worker is told, and no more', async () => {
  const tables = await Promise.all([createTestTable(), createTestTable(), createTestTable()]);
  const holder = await getPool().connect();
  for (const { tableId } of tables) await holder.query(`BEGIN; LOCK TABLE profiles.t_${tableId}`);
  const ids: number[] = [];
  for (const { tableId } of tables) ids.push(await upload(tableId, rowsOf(10, 'x')));
  startWorker({ concurrency: 2 });
  const states = async () => (await Promise.all(ids.map(stateOf))).sort();
  await eventually(states).toEqual(['processing', 'processing', 'queued']);
  // A place that gets free is taken at once, and by one.
  await getDb().upload.updateMany({
    where: { id: ids[0] ?? 0 },
    data: { state: 'cancelled' },
  });
  await eventually(states).toEqual(['cancelled', 'processing', 'processing']);
  await holder.query('COMMIT');
  holder.release();
  await ended(ids.slice(1));
});

test('cancelling stops a statement under way; the next upload follows at once', async () => {
  const table = await createTestTable();
  const holder = await getPool().connect();
  await holder.query(`BEGIN; LOCK TABLE profiles.t_${table.tableId}`);
  const id = await upload(table.tableId, rowsOf(10, 'x'));
  const next = await upload(table.tableId, rowsOf(10, 'y'));
  // It looks by itself only when everybody has gone home: the cancel has to tell it.
  startWorker({ pollInterval: 600_000 });
  await eventually(() => stateOf(id)).toBe('processing');
  await eventually(isAnyoneWaiting).toBe(true);
  await getDb().upload.update({ where: { id }, data: { state: 'cancelled' } });
  await getPool().query('SELECT pg_notify($1, $2)', [uploadsChannel, String(table.tableId)]);
  await eventually(() => stateOf(next)).toBe('processing');
  await holder.query('COMMIT');
  holder.release();
  await ended([next]);
  expect(await readValues(table, 'c0')).toEqual({ string: 'y' });
  expect(await stateOf(id)).toBe('cancelled');
});

test('a worker that loses its session stops, and takes up the work again', async () => {
  const table = await createTestTable();
  const holder = await getPool().connect();
  await holder.query(`BEGIN; LOCK TABLE profiles.t_${table.tableId}`);
  const id = await upload(table.tableId, rowsOf(10, 'x'));
  startWorker();
  await eventually(() => stateOf(id)).toBe('processing');
  for (const pid of await sessions()) {
    await getPool().query('SELECT pg_terminate_backend($1)', [pid]);
  }
  await eventually(
    async () => (await getDb().upload.findUniqueOrThrow({ where: { id } })).attempt,
  ).toBe(2);
  await holder.query('COMMIT');
  holder.release();
  await ended([id]);
  const row = await getDb().upload.findUniqueOrThrow({ where: { id } });
  expect(row.rowsCreated).toBe(10n);
});

test('a worker that stops hands over to another at once', async () => {
  const table = await createTestTable();
  const id = await upload(table.tableId, rowsOf(5_000, 'x'));
  const first = startWorker();
  await eventually(
    async () => (await getDb().upload.findUniqueOrThrow({ where: { id } })).rowsRead,
  ).toBeGreaterThan(0n);
  await first.stop();
  expect(await stateOf(id)).toBe('processing');
  startWorker();
  await ended([id]);
  const row = await getDb().upload.findUniqueOrThrow({ where: { id } });
  expect([row.rowsRead, row.rowsCreated, row.rowsChanged]).toEqual([5_000n, 5_000n, 0n]);
});

test.each([
  ['a plain file', (content: string) => Buffer.from(content)],
  ['gzip: its compressed bytes count', (content: string) => gzipSync(content)],
])('shows how far it is: %s', async (_name, store) => {
  const table = await createTestTable();
  const holder = await getPool().connect();
  await holder.query(`BEGIN; LOCK TABLE profiles.t_${table.tableId}`);
  const content = store(rowsOf(300, 'x'));
  const id = await uploadFile(blobs, table.tableId, { content });
  startWorker();
  await eventually(
    async () => (await getDb().upload.findUniqueOrThrow({ where: { id } })).progress,
  ).toMatchObject({ rowsRead: 300, rowsAccepted: 300, rowsRejected: 0 });
  const { bytesRead } = await getDb().upload.findUniqueOrThrow({ where: { id } });
  expect(bytesRead).toBeGreaterThan(0n);
  expect(bytesRead).toBeLessThan(BigInt(content.length));
  await holder.query('COMMIT');
  holder.release();
  await ended([id]);
  const row = await getDb().upload.findUniqueOrThrow({ where: { id } });
  expect(row.bytesRead).toBe(BigInt(content.length));
  expect(row.progress).toBeNull();
});
