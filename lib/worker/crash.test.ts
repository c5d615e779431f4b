import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { webhookEvents } from '#lib/contracts/webhooks.ts';
import { seededRandom } from '#lib/core/seeded-random.ts';
import { getDb } from '#lib/db/client.ts';
import { startDatabase, type Database } from '#lib/db/embedded/start.ts';
import { migrate } from '#lib/db/migrate.ts';
import { endPools, getPool } from '#lib/db/pool.ts';
import { readRejects } from '#lib/ingest/read-rejects.ts';
import { uploadFile } from '#lib/ingest/testing/uploads.ts';
import {
  createWebhookSecret,
  encryptWebhookSecret,
} from '#lib/services/webhooks/webhook-secret.ts';
import { columnName, tableName } from '#lib/store/names.ts';
import { prepareStore } from '#lib/store/prepare.ts';
import { countRows } from '#lib/store/row-counts.ts';
import { sweepEndedUploads } from '#lib/store/sweep.ts';
import { listStaging } from '#lib/store/staging.ts';
import { createTestTable, type TestTable } from '#lib/store/testing/fixtures.ts';
import { testSeed } from '#lib/testing/seed.ts';
import { startWebhookReceiver } from '#lib/testing/webhook-receiver.ts';

/** Polled until it holds; the machine may be busy. */
const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 60_000 });

/** A server of its own: it is going to be killed. */
let database: Database;
let directory: string;
let blobs: FileBlobStore;
let worker: ChildProcess | undefined;
let port: number;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'opendcp-crash-'));
  await chmod(directory, 0o711);
  await startServer();
  port = Number(new URL(database.url).port);
  process.env['DATABASE_URL'] = database.url;
  process.env['MASTER_KEY'] ??= 'the master key of the tests';
  await migrate(database.url);
  await prepareStore(getPool());
  blobs = await FileBlobStore.open({ directory: join(directory, 'objects') });
});
afterAll(async () => {
  await killWorker();
  await getDb().$disconnect();
  await endPools();
  await database.stop();
  await rm(directory, { recursive: true, force: true });
});

async function startServer(): Promise<void> {
  database = await startDatabase({
    directory: join(directory, 'postgres'),
    settings: { max_wal_size: '1GB', shared_buffers: '128MB' },
    ...(port ? { port } : {}),
  });
}

async function startWorker(): Promise<void> {
  worker = fork(
    fileURLToPath(new URL('testing/small-worker.ts', import.meta.url)),
    [join(directory, 'objects')],
    { execArgv: [] },
  );
  await once(worker, 'message');
}

async function killWorker(): Promise<void> {
  if (!worker || worker.exitCode !== null || worker.signalCode !== null) return;
  const exited = once(worker, 'exit');
  worker.kill('SIGKILL');
  await exited;
}

async function killServer(): Promise<void> {
  process.kill(database.pid, 'SIGKILL');
  await database.exited;
  await startServer();
}

async function stateOf(id: number): Promise<string> {
  return (await getDb().upload.findUniqueOrThrow({ where: { id } })).state;
}

async function ended(id: number): Promise<void> {
  await eventually(() => stateOf(id)).toBe('completed_with_errors');
}

/** Everything there is to know about a loaded table, but for times and ids. */
async function describe(table: TestTable, uploadIds: readonly number[]) {
  const columns = table.columns.map(({ attributeId }) => columnName(attributeId));
  const { rows } = await getPool().query<{ digest: string }>(
    `SELECT md5(string_agg(row(customer_id, ${columns.join(', ')})::text, ';' ORDER BY customer_id)) AS digest
     FROM ${tableName(table.tableId)}`,
  );
  const uploads = await getDb().upload.findMany({
    where: { id: { in: [...uploadIds] } },
    orderBy: { sequence: 'asc' },
    include: { rejectGroups: { orderBy: { count: 'asc' } } },
  });
  return {
    digest: rows[0]?.digest,
    stored: (await countRows(getPool(), [table.tableId])).get(table.tableId),
    uploads: await Promise.all(
      uploads.map(async (upload) => ({
        state: upload.state,
        counts: [
          upload.rowsRead,
          upload.rowsAccepted,
          upload.rowsRejected,
          upload.rowsCreated,
          upload.rowsChanged,
          upload.bytesRead,
        ].map(Number),
        groups: upload.rejectGroups.map(({ code, column, count }) => [code, column, Number(count)]),
        rejects: (await Array.fromAsync(readRejects({ blobs, uploadId: upload.id }))).map(
          ({ line, raw }) => [line, raw.toString()],
        ),
      })),
    ),
  };
}

function file(seed: number): string {
  const rows = Array.from({ length: 50_000 }, (_, index) => {
    const id = `c${(index * 7_919 + seed) % 31_000}`;
    if (index % 997 === 0) return `${id},x${seed},1.5\n`;
    return index % 3 === 0 ? `${id},,${index}.25\n` : `${id},${index + seed},\n`;
  });
  return `customerId,long,double\n${rows.join('')}`;
}

/** A few customers; some are in the other files, and some are not. */
function smallFile(): string {
  const rows = Array.from({ length: 6_000 }, (_, index) => `c${index * 7},${index},\n`);
  return `customerId,long,double\n${rows.join('')}c1,x,\n`;
}

/** They go three ways: into an empty table, beside a small one, and into a large one. */
async function uploadAll(table: TestTable): Promise<number[]> {
  const { tableId } = table;
  return [
    await uploadFile(blobs, tableId, { content: smallFile() }),
    await uploadFile(blobs, tableId, { content: file(0), parts: 3 }),
    await uploadFile(blobs, tableId, { content: file(17) }),
  ];
}

/** Has the receiver told of every end of the table's uploads. */
async function addWebhook({ tableId }: TestTable, url: string): Promise<void> {
  const { service } = await getDb().table.findUniqueOrThrow({
    where: { id: tableId },
    include: { service: true },
  });
  const id = 1;
  const secretEncrypted = encryptWebhookSecret(id, createWebhookSecret());
  const { accountId } = service;
  await getDb().webhook.create({
    data: { id, accountId, url, events: [...webhookEvents], secretEncrypted },
  });
}

// The same moments in every run, as far as the machine is equally fast.
test('killed at random moments, a load ends as if nothing had happened', async () => {
  const calm = await createTestTable();
  const calmIds = await uploadAll(calm);
  await startWorker();
  for (const id of calmIds) await ended(id);
  const expected = await describe(calm, calmIds);
  expect(expected.stored).toBe(31_000 + 1_571);

  const shaken = await createTestTable();
  await using receiver = await startWebhookReceiver();
  await addWebhook(shaken, receiver.url);
  const ids = await uploadAll(shaken);
  const random = seededRandom(testSeed);
  const moments: string[] = [];
  for (let round = 0; round < 18; round++) {
    const pause = Math.round(random() * 900);
    const victim = round % 4 === 3 ? 'server' : 'worker';
    moments.push(`${victim} after ${pause} ms`);
    await delay(pause);
    if (victim === 'server') {
      await killServer();
    } else {
      await killWorker();
      await startWorker();
    }
  }
  for (const id of ids) await ended(id);
  expect(await describe(shaken, ids), moments.join(', ')).toEqual(expected);
  const attempts = await getDb().upload.findMany({ where: { id: { in: ids } } });
  expect(attempts.reduce((total, { attempt }) => total + attempt, 0)).toBeGreaterThan(4);

  // Perhaps told twice, but of one message for each end.
  const told = () => {
    const messages = receiver.received.map(({ headers, body }) => {
      const id = /"id":(\d+)/.exec(body)?.[1];
      return `${id} ${String(headers['webhook-id'])}`;
    });
    return [...new Set(messages)].map((message) => Number(message.split(' ')[0])).toSorted();
  };
  await eventually(told).toEqual(ids);
  expect(await getDb().webhookDelivery.count()).toBe(ids.length);

  await killWorker();
  await sweepEndedUploads(getPool());
  expect(await listStaging(getPool())).toEqual([]);
}, 180_000);
