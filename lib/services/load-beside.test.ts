import { PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { BlobStore } from '#lib/blob/blob-store.ts';
import { createAttributeRequest } from '#lib/contracts/attributes.ts';
import { parseJsonExact } from '#lib/core/datatypes/exact-number.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import {
  batchOf,
  besideSettings,
  carriedOver,
  holdTable,
  mergeSettings,
  run,
  runUntil,
} from '#lib/ingest/testing/loads.ts';
import { listAliasedUsers } from '#lib/store/alias-columns.ts';
import { partitionCount } from '#lib/store/names.ts';
import { countRows } from '#lib/store/row-counts.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode } from '#lib/testing/test-node.ts';
import { createTestTable, type TestTable } from '#lib/testing/test-table.ts';
import { deleteAliases, getAliases, setAliases } from './aliases/aliases.ts';
import { createAttributes } from './attributes/create-attributes.ts';
import { getBlobStore } from './blob-store.ts';
import { withFacts } from './facts/with-facts.ts';
import { createPrivacyRequest, getPrivacyRequest } from './privacy/requests.ts';
import { runPrivacyRequest } from './privacy/run-request.ts';
import { deleteCustomerProfile, lookUpProfile, setCustomerProfile } from './profiles.ts';
import { getConsolidatedProfile } from './profiles/consolidated.ts';

/*
 * A file of many more rows than its table is loaded beside it (docs/decisions/033-load-beside.md). Whatever else hangs on the table is to
 * stay, and whoever is erased or deleted meanwhile is not to come back.
 */

useTestDatabase();
const node = useTestNode({ hasWorker: false });

let blobs: BlobStore;
let ours: TestAccount;
let hub: Pick<TestTable, 'id' | 'key'>;
let crm: TestTable;

beforeAll(async () => {
  blobs = await getBlobStore();
});

beforeEach(async () => {
  ours = await createTestAccount('Ours');
  const { serviceId } = ours;
  const { id } = await getDb().table.findFirstOrThrow({ where: { serviceId } });
  hub = { id, key: (name) => `dcp/${serviceId}/${id}/${name}` };
  const plan = createAttributeRequest.parse({ name: 'plan', datatype: 'string' });
  await createAttributes(ours.editor, id, [plan]);
  crm = await createTestTable(ours.editor);
});

/** Sends a file and gives its upload's id. */
async function send({ id, key }: typeof hub, header: string, lines: readonly string[]) {
  const client = await node.connect(id);
  const Body = [header, ...lines, ''].join('\n');
  await client.send(
    new PutObjectCommand({ Bucket: 'optimizely-import', Key: key('file.csv'), Body }),
  );
  const upload = await getDb().upload.findFirstOrThrow({
    where: { tableId: id },
    orderBy: { id: 'desc' },
  });
  return upload.id;
}

/** Merges a file into its table. */
async function merge(table: typeof hub, header: string, lines: readonly string[]): Promise<void> {
  const uploadId = await send(table, header, lines);
  await run(uploadId, { tableId: table.id }, { blobs, settings: mergeSettings });
}

const numbers = (first: number, end: number) =>
  Array.from({ length: end - first }, (_, index) => first + index);

/** Customers 0 to 39, and users of the same numbers who are them. */
async function fill(): Promise<void> {
  await merge(
    crm,
    'customerId,long,string',
    numbers(0, 40).map((n) => `c${n},${n},stored`),
  );
  await merge(
    hub,
    `customerId,plan,alias:${crm.id}`,
    numbers(0, 40).map((n) => `u${n},stored,c${n}`),
  );
}

/** Loads a file beside its table and calls `meanwhile` when all rows are carried over. */
async function loadBeside(
  table: typeof hub,
  uploadId: number,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const release = await holdTable({ tableId: table.id });
  const running = run(uploadId, { tableId: table.id }, { blobs, settings: besideSettings });
  try {
    await expect.poll(() => carriedOver(uploadId), { timeout: 25_000 }).toBe(partitionCount);
    await meanwhile();
  } finally {
    await release();
    await running;
  }
}

async function write(tableId: number, customerId: string, data: string): Promise<void> {
  const customer = { serviceId: ours.serviceId, tableId, customerId };
  const body = parseJsonExact(`{"data":${data}}`);
  await withFacts((facts) => setCustomerProfile(ours.editor, { customer, body }, facts));
}

const userOf = (customerId: string) => ({ serviceId: ours.serviceId, tableId: hub.id, customerId });

async function alias(user: string, tableId: number, customerId: string): Promise<void> {
  await setAliases(ours.editor, userOf(user), { data: { [tableId]: customerId } });
}

/** Rows of a user, as `<customer>: <values by attribute>`. */
async function consolidated(user: string): Promise<string[]> {
  const rows = await getConsolidatedProfile(ours.viewer, userOf(user));
  return rows.map(({ table, customerId, values }) => {
    const named = table.attributes.flatMap(({ attributeId, name }) => {
      const value = values.get(attributeId) ?? null;
      return value === null ? [] : [`${name}=${value}`];
    });
    return `${customerId}: ${named.join(' ')}`;
  });
}

/** Values by attribute; null for nobody. */
async function look(customerId: string, tableId = crm.id): Promise<Record<string, string> | null> {
  const { found, values } = await lookUpProfile(ours.viewer, { tableId, customerId });
  if (!found) return null;
  return Object.fromEntries(
    values.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])),
  );
}

async function usersOf(customerId: string): Promise<string[]> {
  const { id } = await getDb().attribute.findUniqueOrThrow({ where: { aliasTableId: crm.id } });
  const column = { tableId: hub.id, attributeId: id };
  return listAliasedUsers(getPool(), { ...column, customerId, limit: 100 });
}

/** Asks for an erasure; carries it out as far as it goes. */
async function erase(identifier: string): Promise<number> {
  const { id } = await createPrivacyRequest(ours.administrator, {
    kind: 'delete',
    identifierType: 'dcp_id',
    tableId: null,
    needsConfirmation: false,
    identifier,
  });
  await goOn(id);
  return id;
}

async function goOn(requestId: number) {
  await runPrivacyRequest(blobs, requestId, new AbortController().signal);
  return getPrivacyRequest(ours.administrator, requestId);
}

/** Partitions of the built-in table that have a valid index for finding users by alias, per alias. */
async function aliasIndexes(): Promise<number[]> {
  const { rows } = await getPool().query<{ leaves: string }>(
    `SELECT count(*) AS leaves FROM pg_index
       JOIN pg_class AS index ON index.oid = indexrelid
       JOIN pg_am ON pg_am.oid = index.relam
       JOIN pg_class AS leaf ON leaf.oid = indrelid
     WHERE amname = 'hash' AND indisvalid AND leaf.relname ~ ('^t_' || $1 || '_p[0-9]+$')
     GROUP BY indkey::text`,
    [hub.id],
  );
  return rows.map(({ leaves }) => Number(leaves));
}

test('aliases outlive a load beside the built-in table, are changed meanwhile, and are found by index', async () => {
  await fill();
  expect(await aliasIndexes()).toEqual([partitionCount]);
  const lines = numbers(20, 300).map((n) => `u${n},loaded`);
  const uploadId = await send(hub, 'customerId,plan', lines);
  // A table that is made while the file is on its way brings a column and an index of its own.
  const isReached = async () => (await carriedOver(uploadId)) >= 3;
  const release = await holdTable({ tableId: hub.id });
  await runUntil(uploadId, { tableId: hub.id }, { blobs, isReached });
  await release();
  const loyalty = await createTestTable(ours.editor);

  await loadBeside(hub, uploadId, async () => {
    expect(await consolidated('u30')).toEqual(['u30: plan=stored', 'c30: string=stored long=30']);
    await alias('u30', crm.id, 'c31');
    await alias('u31', loyalty.id, 'card-1');
    await alias('u250', crm.id, 'c1');
    await alias('newcomer', crm.id, 'c2');
    await deleteAliases(ours.editor, userOf('u32'));
    expect(await consolidated('u30')).toEqual(['u30: plan=stored', 'c31: string=stored long=31']);
    expect(await consolidated('u250')).toEqual(['u250: ', 'c1: string=stored long=1']);
  });

  expect(await consolidated('u3')).toEqual(['u3: plan=stored', 'c3: string=stored long=3']);
  expect(await consolidated('u29')).toEqual(['u29: plan=loaded', 'c29: string=stored long=29']);
  expect(await consolidated('u30')).toEqual(['u30: plan=loaded', 'c31: string=stored long=31']);
  expect(await consolidated('u250')).toEqual(['u250: plan=loaded', 'c1: string=stored long=1']);
  expect(await consolidated('newcomer')).toEqual(['newcomer: ', 'c2: string=stored long=2']);
  expect(await consolidated('u32')).toEqual(['u32: plan=loaded']);
  const { aliases } = await getAliases(ours.viewer, userOf('u31'));
  expect(Object.fromEntries(aliases)).toEqual({ [crm.id]: 'c31', [loyalty.id]: 'card-1' });
  expect(await usersOf('c1')).toEqual(['u1', 'u250']);
  expect(await usersOf('c31')).toEqual(['u30', 'u31']);
  expect(await usersOf('c32')).toEqual([]);
  expect(await aliasIndexes()).toEqual([partitionCount, partitionCount]);
});

test('a file of aliases is loaded beside the built-in table', async () => {
  await fill();
  const lines = numbers(30, 300).map((n) => (n === 31 ? 'u31,""' : `u${n},c${n % 10}`));
  const uploadId = await send(hub, `customerId,alias:${crm.id}`, lines);
  await loadBeside(hub, uploadId, async () => {
    // The file comes later, and replaces it.
    await alias('u33', crm.id, 'c20');
    expect(await consolidated('u33')).toEqual(['u33: plan=stored', 'c20: string=stored long=20']);
  });
  expect(await consolidated('u33')).toEqual(['u33: plan=stored', 'c3: string=stored long=3']);
  expect(await consolidated('u299')).toEqual(['u299: ', 'c9: string=stored long=9']);
  expect(await consolidated('u31')).toEqual(['u31: plan=stored']);
  expect(await consolidated('u9')).toEqual(['u9: plan=stored', 'c9: string=stored long=9']);
  expect(await usersOf('c9')).toHaveLength(1 + 27);
});

test('users are who they were in a table that a file was loaded beside', async () => {
  await fill();
  const lines = numbers(20, 300).map((n) => `c${n},,loaded`);
  const uploadId = await send(crm, 'customerId,long,string', lines);
  await loadBeside(crm, uploadId, async () => {
    await alias('early', crm.id, 'c299');
    expect(await consolidated('u20')).toEqual(['u20: plan=stored', 'c20: string=stored long=20']);
    expect(await consolidated('early')).toEqual(['early: ']);
  });
  expect(await consolidated('u2')).toEqual(['u2: plan=stored', 'c2: string=stored long=2']);
  expect(await consolidated('u20')).toEqual(['u20: plan=stored', 'c20: string=loaded long=20']);
  expect(await consolidated('early')).toEqual(['early: ', 'c299: string=loaded']);
});

test('whoever is deleted meanwhile is what the file alone says, or is gone', async () => {
  await fill();
  const uploadId = await send(
    crm,
    'customerId,string',
    numbers(20, 300).map((n) => `c${n},loaded`),
  );
  const remove = (customerId: string) =>
    deleteCustomerProfile(ours.editor, {
      serviceId: ours.serviceId,
      tableId: crm.id,
      customerId,
    });
  const tableId = crm.id;
  await runUntil(uploadId, { tableId }, { blobs, isReached: () => staged(uploadId) });
  for (const early of ['c1', 'c21']) await remove(early);
  const release = await holdTable({ tableId });
  const isReached = async () => (await carriedOver(uploadId)) >= 4;
  await runUntil(uploadId, { tableId }, { blobs, isReached });
  await release();
  for (const between of ['c2', 'c22']) await remove(between);
  await loadBeside(crm, uploadId, async () => {
    for (const late of ['c3', 'c4', 'c23', 'c24']) await remove(late);
    for (const again of ['c4', 'c24']) await write(crm.id, again, '{"long":1000}');
    expect(await look('c23')).toBeNull();
  });
  for (const gone of ['c1', 'c2', 'c3']) expect([gone, await look(gone)]).toEqual([gone, null]);
  for (const named of ['c21', 'c22', 'c23']) {
    expect([named, await look(named)]).toEqual([named, { string: 'loaded' }]);
  }
  expect(await look('c4')).toEqual({ long: '1000' });
  expect(await look('c24')).toEqual({ string: 'loaded', long: '1000' });
  expect(await look('c25')).toEqual({ string: 'loaded', long: '25' });
  expect((await countRows(getPool(), [crm.id])).get(crm.id)).toBe(300 - 3);
});

async function staged(uploadId: number): Promise<boolean> {
  return (await batchOf(uploadId)) >= 1;
}

test('whom a privacy request erases meanwhile does not come back', async () => {
  await fill();
  const lines = numbers(20, 300).map((n) => `c${n},loaded`);
  const uploadId = await send(crm, 'customerId,string', lines);
  let named = 0;
  await loadBeside(crm, uploadId, async () => {
    // The table's file of before names both, too; it was loaded.
    expect(await goOn(await erase('c5'))).toMatchObject({ state: 'completed' });
    named = await erase('c25');
    expect(await goOn(named)).toMatchObject({
      state: 'erasing',
      progress: { waitingFor: [{ uploadId, fileName: 'file.csv' }] },
    });
    expect(await look('c25')).toBeNull();
    expect(await look('u25', hub.id)).toBeNull();
  });
  for (const [customer, user] of [
    ['c5', 'u5'],
    ['c25', 'u25'],
  ] as const) {
    if (customer === 'c25') {
      // The file comes later than the erasure’s first step; other customers are in it.
      expect(await look(customer)).toEqual({ string: 'loaded' });
      expect(await goOn(named)).toMatchObject({ state: 'completed' });
    }
    expect([customer, await look(customer)]).toEqual([customer, null]);
    expect([user, await look(user, hub.id)]).toEqual([user, null]);
    expect(await usersOf(customer)).toEqual([]);
  }
  const upload = await getDb().upload.findUniqueOrThrow({ where: { id: uploadId } });
  expect(upload).toMatchObject({ objectId: null, state: 'completed' });
  expect(await look('c26')).toEqual({ string: 'loaded', long: '26' });
  expect((await countRows(getPool(), [crm.id])).get(crm.id)).toBe(300 - 2);
});

test('an alias to whom a privacy request erases does not come back with the users', async () => {
  await fill();
  await alias('second', crm.id, 'c6');
  const uploadId = await send(
    hub,
    'customerId,plan',
    numbers(20, 300).map((n) => `u${n},loaded`),
  );
  await loadBeside(hub, uploadId, async () => {
    expect(await goOn(await erase('c6'))).toMatchObject({ state: 'completed' });
    const named = await erase('c26');
    // Its user is named by the file.
    expect(await goOn(named)).toMatchObject({ progress: { waitingFor: [{ uploadId }] } });
  });
  for (const user of ['u6', 'second']) expect(await look(user, hub.id)).toBeNull();
  expect(await usersOf('c6')).toEqual([]);
  expect(await usersOf('c26')).toEqual([]);
  const [open] = await getDb().privacyRequest.findMany({ where: { state: 'erasing' } });
  expect(await goOn(open?.id ?? 0)).toMatchObject({ state: 'completed' });
  expect(await look('u26', hub.id)).toBeNull();
  expect(await look('u27', hub.id)).toEqual({ plan: 'loaded' });
});
