import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { getAudience } from '#lib/services/audiences/get-audience.ts';
import { getHistory } from '#lib/services/audiences/get-history.ts';
import { createAudience, saveAudience } from '#lib/services/audiences/save-audience.ts';
import { insertProject } from '#lib/services/projects.ts';
import { inTransaction } from '#lib/services/transaction.ts';
import { deleteProfile } from '#lib/store/delete-profile.ts';
import { tableName } from '#lib/store/names.ts';
import { createTestUpload } from '#lib/store/testing/fixtures.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { silentLogger, useTestNode, waitForEnd } from '#lib/testing/test-node.ts';
import { createTestTable, type TestTable } from '#lib/testing/test-table.ts';
import { startBackgroundCounts } from './background-counts.ts';

useTestDatabase();
const node = useTestNode();

/** Polled until it holds; the machine may be busy. */
const eventually = <Value>(read: () => Value) =>
  expect.poll(read, { timeout: 25_000, interval: 20 });

let ours: TestAccount;
const running: (() => Promise<void>)[] = [];

beforeAll(async () => {
  ours = await createTestAccount();
  const { administrator, serviceId } = ours;
  await inTransaction((tx) => insertProject(tx, administrator, { name: 'Site', serviceId }));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((stop) => stop()));
});

function startCounts(): () => Promise<void> {
  const stop = startBackgroundCounts({ pool: getPool(), log: silentLogger, interval: 50 });
  running.push(stop);
  return stop;
}

async function upload(table: TestTable, body: string): Promise<void> {
  const client = await node.connect(table.id);
  await client.send(
    new PutObjectCommand({ Bucket: 'optimizely-import', Key: table.key('file.csv'), Body: body }),
  );
  const { id } = await getDb().upload.findFirstOrThrow({
    where: { tableId: table.id },
    orderBy: { id: 'desc' },
  });
  expect(await waitForEnd(ours.viewer, id)).toMatchObject({ state: 'completed' });
}

function above(table: TestTable, value: number): string {
  return JSON.stringify([
    'and',
    {
      type: 'external_attribute',
      dcp_datasource_id: table.id,
      dcp_datasource_attribute_id: table.attributes[0]?.id,
      match_type: 'gt',
      value,
    },
  ]);
}

function make(name: string, conditions: string): Promise<number> {
  return createAudience(ours.editor, { name, description: null, layout: null, conditions });
}

async function sizeOf(id: number): Promise<number | 'old' | null> {
  const { size } = await getAudience(ours.viewer, id);
  if (size === null) return null;
  return size.isCurrent ? size.size : 'old';
}

function createScores() {
  return createTestTable(ours.editor, [{ name: 'score', datatype: 'long' }]);
}

test('saved audiences are counted, and again when they, those they name, or their tables change', async () => {
  const table = await createScores();
  await upload(table, 'customerId,score\nc1,1\nc2,7\nc3,9\n');
  const high = await make('High', above(table, 5));
  const named = await make(
    'Named',
    JSON.stringify(['and', { type: 'audience', audience_id: high }]),
  );
  // Two workers; each count is made once.
  startCounts();
  startCounts();
  await eventually(() => Promise.all([high, named].map(sizeOf))).toEqual([2, 2]);

  await upload(table, 'customerId,score\nc1,8\nc4,8\n');
  await eventually(() => Promise.all([high, named].map(sizeOf))).toEqual([4, 4]);
  const { counts, marks } = await getHistory(ours.viewer, named);
  expect(counts).toMatchObject([
    { size: 2, total: 3, version: 1 },
    { size: 4, total: 4, version: 1 },
  ]);
  expect(marks.map(({ kind }) => kind)).toEqual(['edit', 'upload']);

  await saveAudience(ours.editor, high, { conditions: above(table, 8) });
  expect(await Promise.all([high, named].map(sizeOf))).toEqual(['old', 'old']);
  await eventually(() => Promise.all([high, named].map(sizeOf))).toEqual([1, 1]);
  expect(await getDb().audienceCount.count({ where: { audienceId: { in: [high, named] } } })).toBe(
    6,
  );
});

test('insights are there without being asked for, and follow uploads', async () => {
  const table = await createScores();
  const attributeId = table.attributes[0]?.id ?? 0;
  startCounts();
  const fillRate = async () =>
    (await getDb().attributeInsight.findUnique({ where: { attributeId } }))?.fillRate;
  await upload(table, 'customerId,score\nc1,1\nc2,\n');
  await eventually(fillRate).toBe(0.5);
  await upload(table, 'customerId,score\nc2,2\n');
  await eventually(fillRate).toBe(1);
});

test("a deleted customer's value is gone from the insights some minutes later", async () => {
  const table = await createTestTable(ours.editor, [{ name: 'city', datatype: 'string' }]);
  const attributeId = table.attributes[0]?.id ?? 0;
  const cities = Array.from({ length: 5 }, (_, index) => `c${index},Paris\n`);
  await upload(table, `customerId,city\n${cities.join('')}`);
  startCounts();
  const top = async () =>
    (await getDb().attributeInsight.findUnique({ where: { attributeId } }))?.top;
  await eventually(top).toEqual([{ value: 'Paris', share: 1 }]);
  await deleteProfile(getPool(), { tableId: table.id, customerId: 'c1' });
  await getDb().attributeInsight.update({
    where: { attributeId },
    data: { computedAt: new Date(Date.now() - 11 * 60_000) },
  });
  await getDb().upload.updateMany({
    where: { tableId: table.id },
    data: { finishedAt: new Date(Date.now() - 12 * 60_000) },
  });
  await eventually(top).toEqual([]);
});

test('a file that waits to be loaded comes first, an edit does not wait', async () => {
  const table = await createScores();
  await upload(table, 'customerId,score\nc1,1\nc2,7\n');
  const id = await make('Waiting', above(table, 5));
  startCounts();
  await eventually(() => sizeOf(id)).toBe(1);
  await node.stopWorker();
  const open = await createTestUpload(table.id);
  await saveAudience(ours.editor, id, { conditions: above(table, 0) });
  await eventually(() => sizeOf(id)).toBe(2);

  // As after a load: old, and another file is waiting.
  const loaded = await createTestUpload(table.id);
  await getDb().upload.update({
    where: { id: loaded },
    data: { state: 'completed', rowsChanged: 1, finishedAt: new Date() },
  });
  const other = await createScores();
  const later = await make('Later', above(other, 0));
  await eventually(() => sizeOf(later)).toBe(0);
  expect(await sizeOf(id)).toBe('old');
  await getDb().upload.update({ where: { id: open }, data: { state: 'cancelled' } });
  await eventually(() => sizeOf(id)).toBe(2);
  await node.startWorker();
});

test('stopping ends a count under way', async () => {
  const table = await createScores();
  const holder = await getPool().connect();
  await holder.query(`BEGIN; LOCK TABLE ${tableName(table.id)}`);
  const id = await make('Blocked', above(table, 5));
  const stop = startCounts();
  const waiting = async () => {
    const { rowCount } = await getPool().query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
       AND query LIKE '%FILTER%'`,
    );
    return rowCount;
  };
  await eventually(waiting).toBe(1);
  await stop();
  expect(await waiting()).toBe(0);
  await holder.query('ROLLBACK');
  holder.release();
  expect(await sizeOf(id)).toBeNull();
});
