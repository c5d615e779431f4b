import { beforeAll, beforeEach, expect, test } from 'vitest';
import { createAttributeRequest } from '#lib/contracts/attributes.ts';
import { createTableRequest } from '#lib/contracts/tables.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { columnName, tableName } from '#lib/store/names.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { createTable } from '../tables/create-table.ts';
import { getTable } from '../tables/get-table.ts';
import {
  createAttribute,
  createAttributes,
  MAX_ATTRIBUTES_PER_TABLE,
} from './create-attributes.ts';
import { getAttribute, listAttributes } from './list-attributes.ts';
import { updateAttribute } from './update-attribute.ts';

useTestDatabase();

let ours: TestAccount;
let theirs: TestAccount;
let tableId: number;
let tables = 0;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  theirs = await createTestAccount('Theirs');
});

beforeEach(async () => {
  tables += 1;
  const request = { name: `Table ${tables}`, keyKind: 'cookie', keyName: 'id' };
  tableId = (await createTable(ours.editor, createTableRequest.parse(request))).id;
});

function attribute(name: string, type: Record<string, unknown> = { datatype: 'string' }) {
  return createAttributeRequest.parse({ name, ...type });
}

async function columnTypes(): Promise<Record<string, string>> {
  const { rows } = await getPool().query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attname LIKE 'a\\_%'`,
    [tableName(tableId)],
  );
  return Object.fromEntries(rows.map((row) => [row.name, row.type]));
}

function changesOf(attributeId: number) {
  return getDb().auditEntry.findMany({
    where: { objectKind: 'attribute', objectId: String(attributeId) },
    orderBy: { id: 'asc' },
  });
}

test('every datatype becomes a column of its own type', async () => {
  const created = await createAttributes(ours.editor, tableId, [
    attribute('Life-time value', { datatype: 'long' }),
    attribute('city'),
    attribute('member', { datatype: 'bool' }),
    attribute('score', { datatype: 'double' }),
    attribute('born', { datatype: 'datetime', format: 'yyyy-mm-dd' }),
    attribute('seen', { datatype: 'datetime', format: 'yyyy-mm-ddThh:mm:ssZ' }),
    attribute('bought', { datatype: 'datetime', format: 'epoch' }),
  ]);
  const types = await columnTypes();
  expect(created.map(({ id, name }) => [name, types[columnName(id)]])).toEqual([
    ['Life-time value', 'bigint'],
    ['city', 'text'],
    ['member', 'boolean'],
    ['score', 'double precision'],
    ['born', 'date'],
    ['seen', 'timestamp without time zone'],
    ['bought', 'bigint'],
  ]);
  expect((await getTable(ours.viewer, tableId)).attributeCount).toBe(7);
});

test('a new attribute is recorded and touches its table', async () => {
  const before = await getTable(ours.viewer, tableId);
  const created = await createAttribute(ours.editor, tableId, {
    ...attribute('city'),
    description: 'Where they live',
    isValuePublic: true,
  });
  expect(created).toMatchObject({
    tableId,
    name: 'city',
    description: 'Where they live',
    datatype: 'string',
    format: null,
    isValuePublic: true,
    archivedAt: null,
  });
  expect(await changesOf(created.id)).toMatchObject([
    { action: 'attribute.created', actorId: ours.editor.userId, after: { name: 'city' } },
  ]);
  expect((await getTable(ours.viewer, tableId)).updatedAt > before.updatedAt).toBe(true);
});

test('a bulk with faults creates none and names each fault', async () => {
  await createAttribute(ours.editor, tableId, attribute('known'));
  const archived = await createAttribute(ours.editor, tableId, attribute('old'));
  await updateAttribute(ours.editor, archived.id, { archived: true });
  const attempt = createAttributes(ours.editor, tableId, [
    attribute('fine'),
    attribute('known'),
    attribute('old'),
    attribute('twice'),
    attribute('twice'),
    attribute('CustomerID'),
    attribute('=1+1'),
  ]);
  await expect(attempt).rejects.toMatchObject({
    code: 'invalid-fields',
    fields: {
      'attributes.1.name': 'The table already has an attribute with this name.',
      'attributes.2.name': 'An archived attribute has this name. Restore it instead.',
      'attributes.4.name': 'This name is in the list twice.',
      'attributes.5.name': '"CustomerID" is the column that holds the customer ID.',
      'attributes.6.name':
        'A name cannot start with =, +, - or @: spreadsheets would run it as a formula.',
    },
  });
  expect((await listAttributes(ours.viewer, tableId)).map(({ name }) => name)).toEqual([
    'known',
    'old',
  ]);
});

test('names are case-sensitive', async () => {
  await createAttributes(ours.editor, tableId, [attribute('City'), attribute('city')]);
});

test('a single one names the bare field', async () => {
  await createAttribute(ours.editor, tableId, attribute('city'));
  await expect(createAttribute(ours.editor, tableId, attribute('city'))).rejects.toMatchObject({
    fields: { name: 'The table already has an attribute with this name.' },
  });
});

test('of ten simultaneous attributes of one name exactly one is made', async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 10 }, () => createAttribute(ours.editor, tableId, attribute('race'))),
  );
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  for (const result of results) {
    if (result.status === 'rejected') {
      expect(result.reason).toMatchObject({ code: 'invalid-fields' });
    }
  }
});

test('a table has room for so many attributes and no more', async () => {
  const many = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, index) => attribute(`${prefix} ${index}`));
  await createAttributes(ours.editor, tableId, many(MAX_ATTRIBUTES_PER_TABLE - 1, 'first'));
  await expect(createAttributes(ours.editor, tableId, many(2, 'second'))).rejects.toMatchObject({
    code: 'invalid',
    message: 'A table holds at most 400 attributes; this one has 399, archived ones included.',
  });
  await createAttributes(ours.editor, tableId, many(1, 'last'));
});

test('description and publicity change; name and datatype have no way to', async () => {
  const created = await createAttribute(ours.editor, tableId, attribute('city'));
  const updated = await updateAttribute(ours.editor, created.id, {
    description: 'Home',
    isValuePublic: true,
  });
  expect(updated).toMatchObject({ description: 'Home', isValuePublic: true, name: 'city' });
  expect((await changesOf(created.id)).at(-1)).toMatchObject({
    action: 'attribute.updated',
    before: { description: null, isValuePublic: false },
    after: { description: 'Home', isValuePublic: true },
  });
  await updateAttribute(ours.editor, created.id, { description: 'Home' });
  expect(await changesOf(created.id)).toHaveLength(2);
});

test('archive keeps the column, restore brings the attribute back', async () => {
  const created = await createAttribute(ours.editor, tableId, attribute('city'));
  const archived = await updateAttribute(ours.editor, created.id, { archived: true });
  expect(archived.archivedAt).not.toBeNull();
  const again = await updateAttribute(ours.editor, created.id, { archived: true });
  expect(again.archivedAt).toBe(archived.archivedAt);
  expect(await columnTypes()).toHaveProperty(columnName(created.id));
  expect((await getTable(ours.viewer, tableId)).attributeCount).toBe(0);
  const restored = await updateAttribute(ours.editor, created.id, { archived: false });
  expect(restored.archivedAt).toBeNull();
  expect((await changesOf(created.id)).map(({ action }) => action)).toEqual([
    'attribute.created',
    'attribute.archived',
    'attribute.restored',
  ]);
});

test('viewers read and change nothing', async () => {
  const created = await createAttribute(ours.editor, tableId, attribute('city'));
  const { viewer } = ours;
  await expect(getAttribute(viewer, created.id)).resolves.toMatchObject({ name: 'city' });
  const attempts = [
    () => createAttribute(viewer, tableId, attribute('mine')),
    () => createAttributes(viewer, tableId, [attribute('mine')]),
    () => updateAttribute(viewer, created.id, { archived: true }),
  ];
  for (const attempt of attempts) {
    await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' });
  }
});

test('another account sees nothing of it', async () => {
  const created = await createAttribute(ours.editor, tableId, attribute('city'));
  const { administrator } = theirs;
  const attempts = [
    () => listAttributes(administrator, tableId),
    () => getAttribute(administrator, created.id),
    () => createAttribute(administrator, tableId, attribute('theirs')),
    () => updateAttribute(administrator, created.id, { description: 'x' }),
  ];
  for (const attempt of attempts) {
    await expect(attempt()).rejects.toMatchObject({ code: 'not-found' });
  }
});
