import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { getDb } from '#lib/db/client.ts';
import { uploadFile } from '#lib/ingest/testing/uploads.ts';
import { setAliases } from '#lib/services/aliases/aliases.ts';
import { withFacts } from '#lib/services/facts/with-facts.ts';
import { createPrivacyRequest, getPrivacyRequest } from '#lib/services/privacy/requests.ts';
import { lookUpProfile, setCustomerProfile } from '#lib/services/profiles.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { createTestTable, type TestTable } from '#lib/testing/test-table.ts';

useTestDatabase();

/** Polled until it holds; the machine may be busy. */
const eventually = <Value>(read: () => Value) =>
  expect.poll(read, { timeout: 25_000, interval: 5 });

const fileCount = 30;

let directory: string;
let blobs: FileBlobStore;
let worker: ChildProcess | undefined;
let ours: TestAccount;
let table: TestTable;
let hub: number;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'opendcp-privacy-'));
  blobs = await FileBlobStore.open({ directory });
  ours = await createTestAccount();
  table = await createTestTable(ours.editor);
  const { serviceId } = ours;
  ({ id: hub } = await getDb().table.findFirstOrThrow({
    where: { serviceId, isOptimizely: true },
  }));
});
afterAll(async () => {
  await killWorker();
  await rm(directory, { recursive: true });
});

async function startWorker(): Promise<void> {
  const path = fileURLToPath(new URL('testing/privacy-worker.ts', import.meta.url));
  worker = fork(path, [directory], { execArgv: [] });
  await once(worker, 'message');
}

async function killWorker(): Promise<void> {
  if (!worker || worker.exitCode !== null || worker.signalCode !== null) return;
  const exited = once(worker, 'exit');
  worker.kill('SIGKILL');
  await exited;
}

/** A file that was loaded, and that names a customer after many others. */
async function keepFile(tableId: number, customerId: string): Promise<void> {
  const others = Array.from({ length: 20_000 }, (_, index) => `somebody-${index},value\n`);
  const content = `customerId,string\n${others.join('')}${customerId},x\n`;
  const id = await uploadFile(blobs, tableId, { content });
  await getDb().upload.update({
    where: { id },
    data: { state: 'completed', finishedAt: new Date() },
  });
}

async function has(tableId: number, customerId: string): Promise<boolean> {
  return (await lookUpProfile(ours.viewer, { tableId, customerId })).found;
}

const keptFiles = () => getDb().storedObject.count();

test('killed between any of its steps, an erasure ends as if nothing had happened', async () => {
  const { serviceId } = ours;
  for (const customerId of ['c1', 'c10']) {
    const write = {
      customer: { serviceId, tableId: table.id, customerId },
      body: { data: { string: 'x' } },
    };
    await withFacts((facts) => setCustomerProfile(ours.editor, write, facts));
  }
  const user = { serviceId, tableId: hub, customerId: 'user-1' };
  await setAliases(ours.editor, user, { data: { [table.id]: 'c1' } });
  for (let file = 0; file < fileCount; file++) await keepFile(table.id, 'c1');
  await keepFile(table.id, 'c10');
  // Once the rows are gone, only the request knows that this user was the customer.
  await keepFile(hub, 'user-1');
  const { id } = await createPrivacyRequest(ours.administrator, {
    kind: 'delete',
    identifierType: 'dcp_id',
    identifier: 'c1',
    tableId: null,
    needsConfirmation: false,
  });
  const findings = () => getDb().privacyFinding.count({ where: { requestId: id } });
  const moments = [
    () => eventually(() => has(table.id, 'c1')).toBe(false),
    () => eventually(findings).toBeGreaterThan(5),
    () => eventually(keptFiles).toBeLessThan(fileCount),
  ];
  for (const reached of moments) {
    await startWorker();
    await reached();
    await killWorker();
    expect((await getPrivacyRequest(ours.administrator, id)).state).toBe('erasing');
  }
  await startWorker();
  await eventually(async () => (await getPrivacyRequest(ours.administrator, id)).state).toBe(
    'completed',
  );
  expect(await getPrivacyRequest(ours.administrator, id)).toMatchObject({
    identifier: null,
    findings: {
      tables: [
        { tableId: hub, rows: 1, linkedRows: 1 },
        { tableId: table.id, rows: 1 },
      ],
      aliases: 1,
      fileCount: fileCount + 1,
      rowsWrittenAgain: 0,
    },
  });
  expect(await has(hub, 'user-1')).toBe(false);
  expect(await has(table.id, 'c10')).toBe(true);
  expect(await keptFiles()).toBe(1);
  expect(await Array.fromAsync(blobs.list())).toHaveLength(1);
});
