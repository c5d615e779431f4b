import { beforeAll, expect, test } from 'vitest';
import { getDb } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { makeRequest, pathParams, tokenHeadersFor } from '#lib/testing/requests.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { GET as unknownAddress } from './[...path]/route.ts';
import * as attributeRoute from './dcp_datasource_attributes/[id]/route.ts';
import * as attributesRoute from './dcp_datasources/[id]/dcp_datasource_attributes/route.ts';
import * as datasourceRoute from './dcp_datasources/[id]/route.ts';
import * as datasourcesRoute from './dcp_services/[id]/dcp_datasources/route.ts';
import * as serviceRoute from './dcp_services/[id]/route.ts';
import * as servicesRoute from './dcp_services/route.ts';

process.env['LOG_LEVEL'] = 'silent';
process.env['SERVICES_PER_ACCOUNT'] = '2';
useTestDatabase();

type Headers = Readonly<Record<string, string>>;
type Entity = Record<string, unknown> & { id: number };

const microseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

let ours: TestAccount;
let administrator: Headers;
let editor: Headers;
let viewer: Headers;
let stranger: Headers;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  const theirs = await createTestAccount('Theirs');
  administrator = await tokenHeadersFor(ours.accountId, 'administrator');
  editor = await tokenHeadersFor(ours.accountId, 'editor');
  viewer = await tokenHeadersFor(ours.accountId, 'viewer');
  stranger = await tokenHeadersFor(theirs.accountId, 'administrator');
});

interface Call {
  readonly route: typeof unknownAddress;
  readonly method?: string;
  readonly id?: number;
  readonly body?: unknown;
}

async function call(headers: Headers, { route, method = 'GET', id, body }: Call) {
  const request = makeRequest('/experiment/v1/x', { method, body, headers });
  const response = await route(request, pathParams(id === undefined ? {} : { id: String(id) }));
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

async function create(route: typeof unknownAddress, id: number, body: unknown): Promise<Entity> {
  const created = await call(editor, { route, method: 'POST', id, body });
  expect(created.status).toBe(201);
  return created.body as Entity;
}

function createTable(name: string): Promise<Entity> {
  return create(datasourcesRoute.POST, ours.serviceId, {
    name,
    keyfield_locator_type: 'cookie',
    keyfield_locator_name: '_my_id_cookie',
  });
}

function createAttribute(tableId: number, body: object): Promise<Entity> {
  return create(attributesRoute.POST, tableId, body);
}

test('services: the account’s own, in the documented shape', async () => {
  const list = await call(viewer, { route: servicesRoute.GET });
  const service = {
    id: ours.serviceId,
    account_id: ours.accountId,
    archived: false,
    name: 'Ours service',
    s3_path: `dcp/${ours.serviceId}`,
    aws_access_key: null,
    aws_secret_key: null,
    created: expect.stringMatching(microseconds) as unknown,
    last_modified: expect.stringMatching(microseconds) as unknown,
  };
  expect(list).toEqual({ status: 200, body: [service] });
  const one = await call(viewer, { route: serviceRoute.GET, id: ours.serviceId });
  expect(one).toEqual({ status: 200, body: service });
});

test('services: only the name changes, and a whole object may come back', async () => {
  const { id } = { id: ours.serviceId };
  const { body } = await call(administrator, { route: serviceRoute.GET, id });
  const put = (changes: object) =>
    call(administrator, { route: serviceRoute.PUT, method: 'PUT', id, body: changes });
  const renamed = await put({ ...(body as Entity), name: 'Renamed' });
  expect(renamed).toMatchObject({ status: 202, body: { id, name: 'Renamed' } });
  expect(await put({})).toMatchObject({ status: 202, body: { name: 'Renamed' } });
  expect(await put({ archived: true })).toMatchObject({
    status: 400,
    body: { code: 'invalid-fields', fields: { archived: 'The archived cannot be changed.' } },
  });
  for (const change of [
    { s3_path: 'x' },
    { aws_secret_key: 'x' },
    { created: 'x' },
    { name: '' },
  ]) {
    expect(await put(change)).toMatchObject({ status: 400 });
  }
  await put({ name: 'Ours service' });
});

test('services: as many per account as the setting says; deleted when empty', async () => {
  const post = () =>
    call(administrator, { route: servicesRoute.POST, method: 'POST', body: { name: 'Second' } });
  const created = await post();
  expect(created).toMatchObject({ status: 201, body: { name: 'Second', archived: false } });
  expect(await post()).toMatchObject({ status: 403, body: { code: 'service-limit' } });
  const { id } = created.body as Entity;
  const tables = await call(administrator, { route: datasourcesRoute.GET, id });
  expect(tables.body).toMatchObject([{ name: 'Optimizely', is_optimizely: true }]);

  const table = await call(administrator, {
    route: datasourcesRoute.POST,
    method: 'POST',
    id,
    body: { name: 'CRM', keyfield_locator_type: 'uid' },
  });
  const remove = { route: serviceRoute.DELETE, method: 'DELETE', id };
  expect(await call(administrator, remove)).toMatchObject({
    status: 400,
    body: { code: 'conflict', message: 'The service still has 1 table. Delete it first.' },
  });
  const tableId = (table.body as Entity).id;
  await call(administrator, { route: datasourceRoute.DELETE, method: 'DELETE', id: tableId });
  expect(await call(administrator, remove)).toEqual({ status: 204, body: undefined });
  expect((await call(administrator, { route: serviceRoute.GET, id })).status).toBe(404);
});

test('tables: created and read in the documented shape', async () => {
  const created = await createTable('My Data Warehouse');
  const credential = await getDb().credential.findFirstOrThrow({ where: { tableId: created.id } });
  expect(created).toEqual({
    id: created.id,
    archived: false,
    attributes: [],
    dcp_service_id: ours.serviceId,
    name: 'My Data Warehouse',
    description: null,
    is_optimizely: false,
    keyfield_locator_type: 'cookie',
    keyfield_locator_name: '_my_id_cookie',
    s3_path: `dcp/${ours.serviceId}/${created.id}`,
    aws_access_key: credential.accessKeyId,
    aws_secret_key: expect.stringMatching(/^[A-Za-z0-9]{40}$/) as unknown,
    created: expect.stringMatching(microseconds) as unknown,
    last_modified: expect.stringMatching(microseconds) as unknown,
  });
  const read = await call(editor, { route: datasourceRoute.GET, id: created.id });
  expect(read).toEqual({ status: 200, body: created });
  const list = await call(editor, { route: datasourcesRoute.GET, id: ours.serviceId });
  expect(list.status).toBe(200);
  expect(list.body).toContainEqual(created);
  expect(list.body).toContainEqual(
    expect.objectContaining({
      name: 'Optimizely',
      is_optimizely: true,
      keyfield_locator_type: 'uid',
      keyfield_locator_name: null,
    }),
  );
});

test('tables: who may not change data sees no key pair', async () => {
  const { id } = await createTable('Keys');
  const read = await call(viewer, { route: datasourceRoute.GET, id });
  expect(read.body).toMatchObject({ aws_access_key: null, aws_secret_key: null });
});

test('tables: embedded attributes have the short form', async () => {
  const { id } = await createTable('Embedding');
  const attribute = await createAttribute(id, { name: 'Life-time value', datatype: 'long' });
  const read = await call(viewer, { route: datasourceRoute.GET, id });
  expect((read.body as Entity)['attributes']).toEqual([
    {
      archived: false,
      datatype: 'long',
      description: null,
      format: null,
      id: attribute.id,
      is_value_public: false,
      name: 'Life-time value',
    },
  ]);
});

test.each([
  [{}, ['name', 'keyfield_locator_type']],
  [
    { name: 'A', keyfield_locator_type: 'cookies', keyfield_locator_name: 'x' },
    ['keyfield_locator_type'],
  ],
  [
    { name: 'A', keyfield_locator_type: 'query_parameter', keyfield_locator_name: 'x' },
    ['keyfield_locator_type'],
  ],
  [{ name: 'A', keyfield_locator_type: 'cookie' }, ['keyfield_locator_name']],
  [
    { name: 'A', keyfield_locator_type: 'uid', keyfield_locator_name: 'x' },
    ['keyfield_locator_name'],
  ],
  [
    { name: 'A', keyfield_locator_type: 'js_variable', keyfield_locator_name: 'window.id' },
    ['keyfield_locator_name'],
  ],
  [
    { name: 'A', keyfield_locator_type: 'cookie', keyfield_locator_name: '1a' },
    ['keyfield_locator_name'],
  ],
  [{ name: 'Optimizely', keyfield_locator_type: 'uid' }, ['name']],
  [{ name: 7, keyfield_locator_type: 'uid' }, ['name']],
])('tables: %j is refused for %j', async (body, fields) => {
  const route = datasourcesRoute.POST;
  const refused = await call(editor, { route, method: 'POST', id: ours.serviceId, body });
  expect(refused.status).toBe(400);
  expect(Object.keys((refused.body as { fields: object }).fields)).toEqual(fields);
});

test.each(['cookie', 'query parameter', 'js_variable'])('tables: keyed by a %s', async (type) => {
  const table = await create(datasourcesRoute.POST, ours.serviceId, {
    name: `Keyed by ${type}`,
    description: 'Described',
    keyfield_locator_type: type,
    keyfield_locator_name: '_a$1',
  });
  expect(table).toMatchObject({
    keyfield_locator_type: type,
    keyfield_locator_name: '_a$1',
    description: 'Described',
  });
});

test('tables: a PUT changes what it names', async () => {
  const created = await createTable('Partial');
  const { id } = created;
  const put = (body: object) =>
    call(editor, { route: datasourceRoute.PUT, method: 'PUT', id, body });
  expect(await put({ description: 'New' })).toMatchObject({
    status: 202,
    body: { name: 'Partial', description: 'New', keyfield_locator_name: '_my_id_cookie' },
  });
  expect(await put({ ...created, name: 'Whole' })).toMatchObject({
    status: 202,
    body: { name: 'Whole', description: null },
  });
  expect(await put({ archived: true })).toMatchObject({ status: 202, body: { archived: true } });
  expect(await put({ archived: false })).toMatchObject({ status: 202, body: { archived: false } });
  expect(await put({ keyfield_locator_type: 'uid' })).toMatchObject({
    status: 202,
    body: { keyfield_locator_type: 'uid', keyfield_locator_name: null },
  });
  expect(await put({ keyfield_locator_type: 'cookie' })).toMatchObject({
    status: 400,
    body: { fields: { keyfield_locator_name: expect.any(String) as unknown } },
  });
  const fixed = {
    id: id + 1,
    dcp_service_id: 999,
    is_optimizely: true,
    s3_path: 'dcp/1/1',
    aws_access_key: 'AKIA',
    aws_secret_key: null,
    created: '2015-08-01T11:50:37.864010Z',
  };
  for (const [field, value] of Object.entries(fixed)) {
    expect(await put({ [field]: value })).toMatchObject({
      status: 400,
      body: { fields: { [field]: `The ${field} cannot be changed.` } },
    });
  }
});

test('tables: deleted with 204, then gone; the built-in one stays', async () => {
  const { id } = await createTable('Short-lived');
  const remove = { route: datasourceRoute.DELETE, method: 'DELETE', id };
  expect(await call(editor, remove)).toEqual({ status: 204, body: undefined });
  expect((await call(editor, remove)).status).toBe(404);
  const builtIn = await getDb().table.findFirstOrThrow({
    where: { serviceId: ours.serviceId, isOptimizely: true },
  });
  expect(await call(editor, { ...remove, id: builtIn.id })).toMatchObject({
    status: 400,
    body: { code: 'conflict' },
  });
});

test('attributes: created, read and listed in the documented shapes', async () => {
  const { id } = await createTable('Attributed');
  const created = await createAttribute(id, {
    name: 'Life-time value',
    description: 'All purchases',
    datatype: 'long',
    is_value_public: true,
  });
  expect(created).toEqual({
    id: created.id,
    dcp_datasource_id: id,
    name: 'Life-time value',
    description: 'All purchases',
    datatype: 'long',
    format: null,
    is_value_public: true,
    archived: false,
    created: expect.stringMatching(microseconds) as unknown,
    last_modified: expect.stringMatching(microseconds) as unknown,
  });
  const read = await call(viewer, { route: attributeRoute.GET, id: created.id });
  expect(read).toEqual({ status: 200, body: created });
  const list = await call(viewer, { route: attributesRoute.GET, id });
  expect(list).toEqual({
    status: 200,
    body: [
      {
        archived: false,
        datatype: 'long',
        dcp_datasource_id: id,
        description: 'All purchases',
        format: null,
        id: created.id,
        is_value_public: true,
        name: 'Life-time value',
      },
    ],
  });
});

test('attributes: every datatype and format', async () => {
  const { id } = await createTable('Typed');
  const types = [
    ['string', null],
    ['bool', null],
    ['long', null],
    ['double', null],
    ['datetime', 'yyyy-mm-dd'],
    ['datetime', 'yyyy-mm-ddThh:mm:ssZ'],
    ['datetime', 'epoch'],
  ];
  for (const [index, [datatype, format]] of types.entries()) {
    const created = await createAttribute(id, { name: `a${index}`, datatype, format });
    expect(created).toMatchObject({ datatype, format });
  }
});

test.each([
  [{}, ['name', 'datatype']],
  [{ name: 'a', datatype: 'integer' }, ['datatype']],
  [{ name: 'a', datatype: 'datetime' }, ['format']],
  [{ name: 'a', datatype: 'datetime', format: 'yyyy' }, ['format']],
  [{ name: 'a', datatype: 'long', format: 'epoch' }, ['format']],
  [{ name: 'customerid', datatype: 'long' }, ['name']],
  [{ name: ' a', datatype: 'long' }, ['name']],
  [{ name: 'a', datatype: 'long', is_value_public: 'yes' }, ['is_value_public']],
  [{ name: 'taken', datatype: 'long' }, ['name']],
])('attributes: %j is refused for %j', async (body, fields) => {
  const tables = await getDb().table.findMany({ where: { name: 'Refusing' } });
  const id = tables[0]?.id ?? (await createTable('Refusing')).id;
  if (!tables[0]) await createAttribute(id, { name: 'taken', datatype: 'bool' });
  const refused = await call(editor, { route: attributesRoute.POST, method: 'POST', id, body });
  expect(refused.status).toBe(400);
  expect(Object.keys((refused.body as { fields: object }).fields)).toEqual(fields);
});

test('attributes: description and publicity change; name, datatype and format do not', async () => {
  const table = await createTable('Editable');
  const created = await createAttribute(table.id, { name: 'born', datatype: 'string' });
  const { id } = created;
  const put = (body: object) =>
    call(editor, { route: attributeRoute.PUT, method: 'PUT', id, body });
  expect(await put({ description: 'Birthday' })).toMatchObject({
    status: 202,
    body: { description: 'Birthday', is_value_public: false },
  });
  expect(await put({ is_value_public: true })).toMatchObject({
    status: 202,
    body: { description: 'Birthday', is_value_public: true },
  });
  expect(await put({ ...created, description: 'Whole' })).toMatchObject({
    status: 202,
    body: { description: 'Whole', is_value_public: false },
  });
  const changes = { name: 'x', datatype: 'long', format: 'epoch' };
  for (const [field, value] of Object.entries(changes)) {
    expect(await put({ [field]: value })).toMatchObject({
      status: 400,
      body: {
        fields: { [field]: `The ${field} cannot be changed. Archive it and create a new one.` },
      },
    });
  }
  for (const change of [{ dcp_datasource_id: 1_000_000 }, { created: '2015' }]) {
    expect(await put(change)).toMatchObject({ status: 400 });
  }
});

test('attributes: DELETE archives, PUT restores', async () => {
  const table = await createTable('Archiving');
  const { id } = await createAttribute(table.id, { name: 'city', datatype: 'string' });
  const remove = { route: attributeRoute.DELETE, method: 'DELETE', id };
  expect(await call(editor, remove)).toEqual({ status: 204, body: undefined });
  expect((await call(editor, remove)).status).toBe(204);
  const read = { route: attributeRoute.GET, id };
  expect(await call(editor, read)).toMatchObject({ status: 200, body: { archived: true } });
  const restore = { route: attributeRoute.PUT, method: 'PUT', id, body: { archived: false } };
  expect(await call(editor, restore)).toMatchObject({ status: 202, body: { archived: false } });
});

test('every change names the token in the audit trail', async () => {
  const table = await createTable('Audited');
  const entry = await getDb().auditEntry.findFirstOrThrow({
    where: { action: 'table.created', objectId: String(table.id) },
  });
  const token = await getDb().apiToken.findFirstOrThrow({ where: { name: 'Token of editor' } });
  expect(entry).toMatchObject({
    accountId: ours.accountId,
    actorKind: 'token',
    actorId: String(token.id),
    actorName: 'Token of editor',
  });
});

test('what each role may do, and what a stranger’s token sees', async () => {
  const table = await createTable('Guarded');
  const attribute = await createAttribute(table.id, { name: 'city', datatype: 'string' });
  const { serviceId } = ours;
  const uid = { name: 'New', keyfield_locator_type: 'uid' };
  const reads: Call[] = [
    { route: serviceRoute.GET, id: serviceId },
    { route: datasourcesRoute.GET, id: serviceId },
    { route: datasourceRoute.GET, id: table.id },
    { route: attributesRoute.GET, id: table.id },
    { route: attributeRoute.GET, id: attribute.id },
  ];
  const writes: Call[] = [
    { route: datasourcesRoute.POST, method: 'POST', id: serviceId, body: uid },
    { route: datasourceRoute.PUT, method: 'PUT', id: table.id, body: { description: 'x' } },
    {
      route: attributesRoute.POST,
      method: 'POST',
      id: table.id,
      body: { name: 'b', datatype: 'long' },
    },
    { route: attributeRoute.PUT, method: 'PUT', id: attribute.id, body: { description: 'x' } },
    { route: attributeRoute.DELETE, method: 'DELETE', id: attribute.id },
    { route: datasourceRoute.DELETE, method: 'DELETE', id: table.id },
  ];
  const administration: Call[] = [
    { route: serviceRoute.PUT, method: 'PUT', id: serviceId, body: { name: 'x' } },
    { route: serviceRoute.DELETE, method: 'DELETE', id: serviceId },
  ];
  for (const read of reads) {
    expect((await call(viewer, read)).status).toBe(200);
    expect((await call(stranger, read)).status).toBe(404);
    expect((await call({}, read)).status).toBe(401);
  }
  for (const write of [...writes, ...administration]) {
    expect((await call(viewer, write)).status).toBe(403);
    expect((await call(stranger, write)).status).toBe(404);
    expect((await call({}, write)).status).toBe(401);
  }
  for (const write of administration) expect((await call(editor, write)).status).toBe(403);
  for (const write of writes) expect((await call(editor, write)).status).toBeLessThan(300);
});

test('an unknown address is a 404 in JSON', async () => {
  const { status, body } = await call(viewer, { route: unknownAddress });
  expect(status).toBe(404);
  expect(body).toEqual({
    code: 'not-found',
    message: 'There is no address /experiment/v1/x.',
    uuid: expect.any(String) as unknown,
  });
});
