import { beforeAll, expect, test } from 'vitest';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { writeProfile } from '#lib/store/write-profile.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { createTestTable, type TestTable } from '#lib/testing/test-table.ts';
import { updateAttribute } from '../../attributes/update-attribute.ts';
import { insertProject } from '../../projects.ts';
import { inTransaction } from '../../transaction.ts';
import { createAudience, saveAudience } from '../save-audience.ts';
import { findDueAudiences } from './find-due.ts';
import { planBatches } from './plan-batches.ts';
import { recountAudiences } from './recount-audiences.ts';
import { thinCounts } from './thin-counts.ts';

useTestDatabase();

let ours: TestAccount;
let table: TestTable;

beforeAll(async () => {
  ours = await createTestAccount();
  const { administrator, serviceId } = ours;
  await inTransaction((tx) => insertProject(tx, administrator, { name: 'Site', serviceId }));
  table = await createTestTable(ours.editor, [
    { name: 'score', datatype: 'long' },
    { name: 'old', datatype: 'long' },
  ]);
});

function make(of: TestTable, name = 'score'): Promise<number> {
  const attribute = of.attributes.find((one) => one.name === name);
  const rule = {
    type: 'external_attribute',
    dcp_datasource_id: of.id,
    dcp_datasource_attribute_id: attribute?.id,
    match_type: 'exists',
  };
  const conditions = JSON.stringify(['and', rule]);
  const content = { name: 'A', description: null, layout: null, conditions };
  return createAudience(ours.editor, content);
}

const options = {
  signal: new AbortController().signal,
  isPaused: () => false,
  onFailure: (_id: number, error: unknown) => {
    throw error;
  },
};
const recount = () => recountAudiences({ ...options, pool: getPool() });
const due = async () => (await findDueAudiences()).map(({ id }) => id);
const age = (minutes: number) =>
  getDb().audienceCount.updateMany({
    data: { countedAt: new Date(Date.now() - minutes * 60_000) },
  });

test('single writes make a count old after a quarter of an hour, time itself after a day', async () => {
  const id = await make(table);
  expect(await recount()).toBe(1);
  expect(await due()).toEqual([]);
  await age(16);
  expect(await due()).toEqual([]);
  const values = [{ attributeId: table.attributes[0]?.id ?? 0, type: 'long', value: '1' } as const];
  await writeProfile(getPool(), { tableId: table.id, customerId: 'c1', values });
  await expect.poll(due, { timeout: 20_000 }).toEqual([id]);
  await age(14);
  expect(await due()).toEqual([]);
  await age(16);
  await recount();
  await age(25 * 60);
  expect(await due()).toEqual([id]);
  await recount();
});

test('what an archived attribute makes unknown is counted anew; an archived audience is not', async () => {
  const id = await make(table, 'old');
  await recount();
  await updateAttribute(ours.editor, table.attributes[1]?.id ?? 0, { archived: true });
  expect(await due()).toEqual([id]);
  await saveAudience(ours.editor, id, { archived: true });
  expect(await due()).toEqual([]);
});

test('audiences of the same tables are counted together, some at a time', async () => {
  const other = await createTestTable(ours.editor, [{ name: 'score', datatype: 'long' }]);
  const ids: number[] = [];
  for (let index = 0; index < 30; index++) ids.push(await make(index < 27 ? table : other));
  const found = (await findDueAudiences()).filter(({ id }) => ids.includes(id));
  const batches = await planBatches(found);
  expect(batches.map(({ length }) => length).toSorted()).toEqual([2, 25, 3]);
  for (const batch of batches)
    expect(new Set(batch.map((one) => one.tableIds.join())).size).toBe(1);
  expect(await recount()).toBe(30);
});

test('old counts thin out to the last of each day; the last one of all stays', async () => {
  const id = await make(table);
  await recount();
  const count = (day: number, hour: number, size: number) => ({
    ...{ audienceId: id, version: 1, size, total: 9, milliseconds: 1 },
    countedAt: new Date(Date.UTC(2024, 0, day, hour)),
  });
  await getDb().audienceCount.createMany({
    data: [count(1, 0, 1), count(1, 5, 2), count(1, 23, 3), count(2, 0, 4)],
  });
  await thinCounts();
  const left = await getDb().audienceCount.findMany({
    where: { audienceId: id, countedAt: { lt: new Date(Date.UTC(2025, 0)) } },
    orderBy: { countedAt: 'asc' },
  });
  expect(left.map(({ size }) => Number(size))).toEqual([3, 4]);
  const { lastCountId } = await getDb().audience.findUniqueOrThrow({ where: { id } });
  expect(lastCountId).not.toBeNull();
});
