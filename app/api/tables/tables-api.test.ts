import { beforeAll, expect, test } from 'vitest';
import { tablePage, tableResponse } from '#lib/contracts/tables.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { makeRequest, pathParams, signInAs, type SignedIn } from '#lib/testing/requests.ts';
import { createTestAccount } from '#lib/testing/test-account.ts';
import { PATCH as patchAttribute } from '../attributes/[id]/route.ts';
import { POST as createInBulk } from './[id]/attributes/bulk/route.ts';
import { POST as createAttribute } from './[id]/attributes/route.ts';
import { GET as readDeletion } from './[id]/deletion/route.ts';
import { DELETE as deleteTable, GET as readTable, PATCH as patchTable } from './[id]/route.ts';
import { POST as createTable, GET as listTables } from './route.ts';

process.env['LOG_LEVEL'] = 'silent';
useTestDatabase();

let editor: SignedIn;
let viewer: SignedIn;
let stranger: SignedIn;

beforeAll(async () => {
  const ours = await createTestAccount('Ours');
  const theirs = await createTestAccount('Theirs');
  editor = await signInAs(ours.accountId, 'editor');
  viewer = await signInAs(ours.accountId, 'viewer');
  stranger = await signInAs(theirs.accountId, 'administrator');
});

/** A route with what a call of it needs. */
interface Call {
  readonly route: typeof readTable;
  readonly method?: string;
  readonly id?: number;
  readonly body?: unknown;
}

async function call(person: SignedIn, { route, method = 'GET', id, body }: Call) {
  const request = makeRequest('/api', { method, body, headers: person.headers });
  const response = await route(request, pathParams(id === undefined ? {} : { id: String(id) }));
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

async function makeTable(name: string) {
  const body = { name, keyKind: 'cookie', keyName: 'logged_in_id' };
  const created = await call(editor, { route: createTable, method: 'POST', body });
  expect(created.status).toBe(201);
  return tableResponse.parse(created.body);
}

test('a table from its creation to its end', async () => {
  const { id } = await makeTable('CRM');
  const attribute = await call(editor, {
    route: createAttribute,
    method: 'POST',
    id,
    body: { name: 'born', datatype: 'datetime', format: 'yyyy-mm-dd' },
  });
  expect(attribute).toMatchObject({ status: 201, body: { name: 'born', tableId: id } });
  const bulk = await call(editor, {
    route: createInBulk,
    method: 'POST',
    id,
    body: {
      attributes: [
        { name: 'city', datatype: 'string' },
        { name: 'n', datatype: 'long' },
      ],
    },
  });
  expect(bulk).toMatchObject({
    status: 201,
    body: { attributes: [{ name: 'city' }, { name: 'n' }] },
  });
  const renamed = await call(editor, {
    route: patchTable,
    method: 'PATCH',
    id,
    body: { name: 'CRM 2' },
  });
  expect(renamed).toMatchObject({ status: 200, body: { name: 'CRM 2', attributeCount: 3 } });
  const inventory = await call(editor, { route: readDeletion, id });
  expect(inventory).toMatchObject({ status: 200, body: { name: 'CRM 2', attributeCount: 3 } });
  const confirm = { route: deleteTable, method: 'DELETE', id };
  expect(await call(editor, { ...confirm, body: { confirmName: 'CRM' } })).toMatchObject({
    status: 422,
    body: { fields: { confirmName: "Type the table's name: CRM 2" } },
  });
  expect(await call(editor, { ...confirm, body: { confirmName: 'CRM 2' } })).toEqual({
    status: 204,
    body: undefined,
  });
  expect((await call(editor, { route: readTable, id })).status).toBe(404);
});

test('the list takes search, status, order and page from the address', async () => {
  await makeTable('Listed one');
  await makeTable('Listed two');
  const query = '?search=listed&status=active&sort=name&direction=desc&perPage=1';
  const response = await listTables(
    makeRequest(`/api/tables${query}`, { headers: viewer.headers }),
  );
  const page = tablePage.parse(await response.json());
  expect(page.total).toBe(2);
  expect(page.items.map((table) => table.name)).toEqual(['Listed two']);
  const wrong = await listTables(
    makeRequest('/api/tables?status=gone', { headers: viewer.headers }),
  );
  expect(wrong.status).toBe(422);
});

test('faults land on their fields', async () => {
  const body = { name: ' ', keyKind: 'cookie', keyName: 'has space' };
  expect(await call(editor, { route: createTable, method: 'POST', body })).toMatchObject({
    status: 422,
    body: {
      code: 'invalid-fields',
      fields: {
        name: 'Enter a name.',
        keyName: 'Use letters, digits, _ and $, and do not start with a digit or $.',
      },
    },
  });
  await makeTable('Twice');
  const again = { name: 'Twice', keyKind: 'uid' };
  expect(await call(editor, { route: createTable, method: 'POST', body: again })).toMatchObject({
    status: 409,
    body: { code: 'conflict', fields: { name: 'There is already a table with this name.' } },
  });
  const { id } = await makeTable('Faulty');
  const attributes = [
    { name: 'a', datatype: 'string' },
    { name: 'a', datatype: 'string' },
  ];
  const bulk = { route: createInBulk, method: 'POST', id, body: { attributes } };
  expect(await call(editor, bulk)).toMatchObject({
    status: 422,
    body: { fields: { 'attributes.1.name': 'This name is in the list twice.' } },
  });
});

test('name and datatype of an attribute cannot be changed', async () => {
  const { id } = await makeTable('Fixed');
  const body = { name: 'city', datatype: 'string' };
  const created = await call(editor, { route: createAttribute, method: 'POST', id, body });
  const attribute = created.body as { id: number };
  const change = (changes: object) =>
    call(editor, { route: patchAttribute, method: 'PATCH', id: attribute.id, body: changes });
  expect(await change({ datatype: 'long' })).toMatchObject({
    status: 422,
    body: {
      fields: {
        datatype: 'The datatype cannot be changed. Archive it and create a new one.',
      },
    },
  });
  expect(await change({ name: 'town' })).toMatchObject({ status: 422 });
  expect(await change({ datatype: 'string', description: 'Home' })).toMatchObject({
    status: 200,
    body: { description: 'Home', datatype: 'string' },
  });
});

test('what each role may do, and what a stranger sees', async () => {
  const { id } = await makeTable('Guarded');
  const attributeBody = { name: 'city', datatype: 'string' };
  const { body } = await call(editor, {
    route: createAttribute,
    method: 'POST',
    id,
    body: attributeBody,
  });
  const attributeId = (body as { id: number }).id;
  const reads: Call[] = [
    { route: readTable, id },
    { route: readDeletion, id },
  ];
  const writes: Call[] = [
    { route: patchTable, method: 'PATCH', id, body: { description: 'x' } },
    { route: createAttribute, method: 'POST', id, body: { name: 'b', datatype: 'string' } },
    {
      route: createInBulk,
      method: 'POST',
      id,
      body: { attributes: [{ name: 'c', datatype: 'long' }] },
    },
    { route: patchAttribute, method: 'PATCH', id: attributeId, body: { description: 'x' } },
    { route: deleteTable, method: 'DELETE', id, body: { confirmName: 'Guarded' } },
  ];
  for (const read of reads) {
    expect((await call(viewer, read)).status).toBe(200);
    expect((await call(stranger, read)).status).toBe(404);
    expect((await call({ userId: '', headers: {} }, read)).status).toBe(401);
  }
  for (const write of writes) {
    expect((await call(viewer, write)).status).toBe(403);
    expect((await call(stranger, write)).status).toBe(404);
    const { cookie = '' } = editor.headers;
    const elsewhere = { userId: '', headers: { cookie, origin: 'http://evil.test' } };
    expect((await call(elsewhere, write)).status).toBe(403);
  }
  for (const write of writes) expect((await call(editor, write)).status).toBeLessThan(300);
});
