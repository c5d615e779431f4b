import { beforeAll, expect, test } from 'vitest';
import { createTableRequest, listTablesParameters } from '#lib/contracts/tables.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { tableName } from '#lib/store/names.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import type { Actor } from '../actor.ts';
import { createAttribute } from '../attributes/create-attributes.ts';
import { createTable } from './create-table.ts';
import { deleteConfirmedTable, deleteTable, describeTableDeletion } from './delete-table.ts';
import { dropRowsOfDeletedTables } from './drop-rows.ts';
import { getTable } from './get-table.ts';
import { listTables } from './list-tables.ts';
import { updateTable } from './update-table.ts';

useTestDatabase();

let ours: TestAccount;
let theirs: TestAccount;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  theirs = await createTestAccount('Theirs');
});

function request(name: string) {
  return createTableRequest.parse({ name, keyKind: 'cookie', keyName: 'logged_in_id' });
}

function lastChange(objectId: number) {
  return getDb().auditEntry.findFirstOrThrow({
    where: { objectKind: 'table', objectId: String(objectId) },
    orderBy: { id: 'desc' },
  });
}

async function physicalTableExists(tableId: number): Promise<boolean> {
  const { rows } = await getPool().query<{ found: boolean }>(
    'SELECT to_regclass($1) IS NOT NULL AS found',
    [tableName(tableId)],
  );
  return rows[0]?.found ?? false;
}

async function listNames(actor: Actor, parameters: Record<string, unknown>): Promise<string[]> {
  const page = await listTables(actor, listTablesParameters.parse(parameters));
  return page.items.map((table) => table.name);
}

test('a new table has rows to fill, an access key and an audit entry', async () => {
  const table = await createTable(ours.editor, { ...request('CRM'), description: 'Customers' });
  expect(table).toMatchObject({
    serviceId: ours.serviceId,
    name: 'CRM',
    description: 'Customers',
    isOptimizely: false,
    keyKind: 'cookie',
    keyName: 'logged_in_id',
    emptyCells: 'keep',
    archived: false,
    attributeCount: 0,
    rowCount: 0,
    lastUpload: null,
    attributes: [],
  });
  expect(await physicalTableExists(table.id)).toBe(true);
  expect(await getDb().credential.count({ where: { tableId: table.id } })).toBe(1);
  expect(await lastChange(table.id)).toMatchObject({
    accountId: ours.accountId,
    actorKind: 'user',
    actorId: ours.editor.userId,
    action: 'table.created',
    objectName: 'CRM',
    before: null,
    after: { name: 'CRM', keyKind: 'cookie', keyName: 'logged_in_id' },
  });
});

test('a name is taken once per service, by archived tables too', async () => {
  const first = await createTable(ours.editor, request('Orders'));
  const before = await countPhysicalTables();
  await expect(createTable(ours.editor, request('Orders'))).rejects.toMatchObject({
    code: 'conflict',
    fields: { name: 'There is already a table with this name.' },
  });
  // The physical table of the refused one is gone again.
  expect(await countPhysicalTables()).toEqual(before);
  await updateTable(ours.editor, first.id, { archived: true });
  await expect(createTable(ours.editor, request('Orders'))).rejects.toMatchObject({
    fields: { name: 'An archived table has this name.' },
  });
  await expect(createTable(theirs.editor, request('Orders'))).resolves.toBeDefined();
});

test('of ten simultaneous tables of one name exactly one is made', async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 10 }, () => createTable(ours.editor, request('Race'))),
  );
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  for (const result of results) {
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'conflict' });
  }
});

test('many tables at once do not wait for each other’s connections', async () => {
  const tables = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      createTable(theirs.editor, request(`Parallel ${index}`)),
    ),
  );
  expect(new Set(tables.map((table) => table.id)).size).toBe(30);
});

test('an update changes what it names and records just that', async () => {
  const table = await createTable(ours.editor, request('Loyalty'));
  const updated = await updateTable(ours.editor, table.id, {
    description: 'Points',
    keyKind: 'query parameter',
    keyName: 'lid',
    name: 'Loyalty',
  });
  expect(updated).toMatchObject({
    name: 'Loyalty',
    description: 'Points',
    keyKind: 'query parameter',
    keyName: 'lid',
  });
  const change = await lastChange(table.id);
  expect(change.action).toBe('table.updated');
  expect(change.before).toEqual({ description: null, keyKind: 'cookie', keyName: 'logged_in_id' });
  expect(change.after).toEqual({
    description: 'Points',
    keyKind: 'query parameter',
    keyName: 'lid',
  });
});

test('an update that changes nothing leaves no trace', async () => {
  const table = await createTable(ours.editor, request('Still'));
  await updateTable(ours.editor, table.id, { name: 'Still', keyKind: 'cookie' });
  const after = await getTable(ours.editor, table.id);
  expect(after.updatedAt).toBe(table.updatedAt);
  expect((await lastChange(table.id)).action).toBe('table.created');
});

test('the customer ID field has a name unless it is the Optimizely user ID', async () => {
  const table = await createTable(ours.editor, request('Keys'));
  const uid = await updateTable(ours.editor, table.id, { keyKind: 'uid' });
  expect(uid).toMatchObject({ keyKind: 'uid', keyName: null });
  await expect(
    updateTable(ours.editor, table.id, { keyKind: 'js_variable' }),
  ).rejects.toMatchObject({
    code: 'invalid-fields',
    fields: { keyName: 'Enter the name of the cookie, parameter or variable.' },
  });
  await expect(updateTable(ours.editor, table.id, { keyName: 'x' })).rejects.toMatchObject({
    code: 'invalid-fields',
  });
});

test('a rename to a taken name is refused', async () => {
  await createTable(ours.editor, request('Taken'));
  const table = await createTable(ours.editor, request('Free'));
  await expect(updateTable(ours.editor, table.id, { name: 'Taken' })).rejects.toMatchObject({
    code: 'conflict',
    fields: { name: 'There is already a table with this name.' },
  });
});

test('archive and restore', async () => {
  const table = await createTable(ours.editor, request('Seasonal'));
  await updateTable(ours.editor, table.id, { archived: true });
  expect((await lastChange(table.id)).action).toBe('table.archived');
  expect(await listNames(ours.viewer, { search: 'seasonal' })).toEqual([]);
  expect(await listNames(ours.viewer, { search: 'seasonal', status: 'archived' })).toEqual([
    'Seasonal',
  ]);
  await updateTable(ours.editor, table.id, { archived: false });
  expect((await lastChange(table.id)).action).toBe('table.restored');
  expect(await listNames(ours.viewer, { search: 'seasonal' })).toEqual(['Seasonal']);
});

test('the built-in table stays as it is', async () => {
  const page = await listTables(ours.viewer, listTablesParameters.parse({ search: 'Optimizely' }));
  const [builtIn] = page.items;
  expect(builtIn).toMatchObject({ isOptimizely: true, keyKind: 'uid', keyName: null });
  const id = builtIn?.id ?? 0;
  await expect(deleteTable(ours.administrator, id)).rejects.toMatchObject({ code: 'conflict' });
  await expect(updateTable(ours.administrator, id, { archived: true })).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(
    updateTable(ours.administrator, id, { keyKind: 'cookie', keyName: 'x' }),
  ).rejects.toMatchObject({
    fields: { keyKind: 'The built-in Optimizely table is keyed by the Optimizely user ID.' },
  });
  await updateTable(ours.administrator, id, { description: 'The hub' });
});

test('deletion names what is lost, wants the name, and takes everything', async () => {
  const table = await createTable(ours.editor, request('Doomed'));
  await createAttribute(ours.editor, table.id, {
    name: 'points',
    description: null,
    datatype: 'long',
    format: null,
    isValuePublic: false,
  });
  await insertUpload(table.id);
  await getPool().query('INSERT INTO profiles.row_count_delta VALUES ($1, 12), ($1, -2)', [
    table.id,
  ]);
  expect(await describeTableDeletion(ours.viewer, table.id)).toEqual({
    name: 'Doomed',
    rowCount: 10,
    attributeCount: 1,
    uploadCount: 1,
    storedBytes: 1234,
    credentialCount: 1,
  });
  await expect(deleteConfirmedTable(ours.editor, table.id, 'doomed')).rejects.toMatchObject({
    code: 'invalid-fields',
    fields: { confirmName: "Type the table's name: Doomed" },
  });
  expect(await physicalTableExists(table.id)).toBe(true);

  await deleteConfirmedTable(ours.editor, table.id, 'Doomed');
  await expect(getTable(ours.editor, table.id)).rejects.toMatchObject({ code: 'not-found' });
  expect(await physicalTableExists(table.id)).toBe(false);
  const where = { where: { tableId: table.id } };
  expect(await getDb().upload.count(where)).toBe(0);
  expect(await getDb().storedObject.count(where)).toBe(0);
  expect(await getDb().credential.count(where)).toBe(0);
  expect(await lastChange(table.id)).toMatchObject({
    action: 'table.deleted',
    objectName: 'Doomed',
    before: { name: 'Doomed', rowCount: 10, uploadCount: 1 },
  });
});

test('rows that a deletion left behind are dropped later', async () => {
  const table = await createTable(ours.editor, request('Half gone'));
  await deleteTable(ours.editor, table.id);
  await getPool().query(
    `CREATE TABLE ${tableName(table.id)} (customer_id text) PARTITION BY HASH (customer_id)`,
  );
  const kept = await createTable(ours.editor, request('Kept'));
  await dropRowsOfDeletedTables();
  expect(await physicalTableExists(table.id)).toBe(false);
  expect(await physicalTableExists(kept.id)).toBe(true);
});

test('search takes wildcards as letters and finds ids', async () => {
  const table = await createTable(ours.editor, request('100%_sure'));
  expect(await listNames(ours.viewer, { search: '0%_S' })).toEqual(['100%_sure']);
  expect(await listNames(ours.viewer, { search: '%' })).toEqual(['100%_sure']);
  expect(await listNames(ours.viewer, { search: String(table.id) })).toContain('100%_sure');
  expect(await listNames(ours.viewer, { search: '\\' })).toEqual([]);
});

test('sorting and pages', async () => {
  const account = await createTestAccount('Sorted');
  const rowCounts = { 'b 10': 1, 'b 9': 3, A: 2 };
  for (const [name, rowCount] of Object.entries(rowCounts)) {
    const table = await createTable(account.editor, request(name));
    await getPool().query('INSERT INTO profiles.row_count_delta VALUES ($1, $2)', [
      table.id,
      rowCount,
    ]);
  }
  const { viewer } = account;
  expect(await listNames(viewer, {})).toEqual(['A', 'b 9', 'b 10', 'Optimizely']);
  const byRows = { sort: 'rows', direction: 'desc' };
  expect(await listNames(viewer, byRows)).toEqual(['b 9', 'A', 'b 10', 'Optimizely']);
  const byTime = { sort: 'modified', direction: 'desc' };
  expect(await listNames(viewer, byTime)).toEqual(['A', 'b 9', 'b 10', 'Optimizely']);
  const page = await listTables(viewer, listTablesParameters.parse({ page: 2, perPage: 3 }));
  expect(page.total).toBe(4);
  expect(page.items.map((table) => table.name)).toEqual(['Optimizely']);
});

test('the last upload shows with its state', async () => {
  const table = await createTable(ours.editor, request('Fed'));
  await insertUpload(table.id);
  const { lastUpload } = await getTable(ours.viewer, table.id);
  expect(lastUpload).toMatchObject({ fileName: 'customers.csv', state: 'queued' });
});

test('viewers read and change nothing', async () => {
  const table = await createTable(ours.editor, request('Read only'));
  const { viewer } = ours;
  await expect(getTable(viewer, table.id)).resolves.toMatchObject({ name: 'Read only' });
  const attempts = [
    () => createTable(viewer, request('Mine')),
    () => updateTable(viewer, table.id, { description: 'x' }),
    () => deleteTable(viewer, table.id),
    () => deleteConfirmedTable(viewer, table.id, 'Read only'),
  ];
  for (const attempt of attempts) {
    await expect(attempt()).rejects.toMatchObject({ code: 'forbidden', status: 403 });
  }
});

test('another account sees nothing of it', async () => {
  const table = await createTable(ours.editor, request('Secret'));
  const { administrator } = theirs;
  const attempts = [
    () => getTable(administrator, table.id),
    () => updateTable(administrator, table.id, { description: 'x' }),
    () => describeTableDeletion(administrator, table.id),
    () => deleteTable(administrator, table.id),
    () => deleteConfirmedTable(administrator, table.id, 'Secret'),
    () => createTable(administrator, { ...request('Intruder'), serviceId: ours.serviceId }),
  ];
  for (const attempt of attempts) {
    await expect(attempt()).rejects.toMatchObject({ code: 'not-found', status: 404 });
  }
  expect(await listNames(administrator, { search: 'Secret' })).toEqual([]);
});

async function countPhysicalTables(): Promise<number> {
  const { rows } = await getPool().query(
    `SELECT 1 FROM pg_class WHERE relnamespace = 'profiles'::regnamespace AND relkind = 'p'`,
  );
  return rows.length;
}

async function insertUpload(tableId: number): Promise<void> {
  const object = await getDb().storedObject.create({
    data: {
      id: crypto.randomUUID(),
      tableId,
      key: `dcp/1/${tableId}/customers.csv`,
      sizeBytes: 1234n,
      etag: 'etag',
      parts: [],
    },
  });
  await getDb().upload.create({
    data: {
      tableId,
      sequence: 1,
      objectId: object.id,
      key: object.key,
      fileName: 'customers.csv',
      source: 's3',
      uploadedBy: 'AKIA',
      sizeBytes: 1234n,
      etag: 'etag',
    },
  });
}
