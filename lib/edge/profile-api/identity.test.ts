import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAttributeRequest } from '#lib/contracts/attributes.ts';
import { createTableRequest } from '#lib/contracts/tables.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { createAttributes } from '#lib/services/attributes/create-attributes.ts';
import { createTable } from '#lib/services/tables/create-table.ts';
import { deleteTable } from '#lib/services/tables/delete-table.ts';
import { updateTable } from '#lib/services/tables/update-table.ts';
import { countRows } from '#lib/store/row-counts.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { tokenHeadersFor } from '#lib/testing/requests.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { listen } from '../listen.ts';
import { createProfileServer } from './server.ts';

useTestDatabase();

type Headers = Readonly<Record<string, string>>;

let app: FastifyInstance;
let origin: string;
let ours: TestAccount;
let editor: Headers;
let viewer: Headers;
let stranger: Headers;
let reader: Headers;
let confined: Headers;
let hub: number;
let crm: number;
let web: number;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  const theirs = await createTestAccount('Theirs');
  editor = await tokenHeadersFor(ours.accountId, 'editor');
  viewer = await tokenHeadersFor(ours.accountId, 'viewer');
  stranger = await tokenHeadersFor(theirs.accountId, 'administrator');
  reader = await tokenHeadersFor(ours.accountId, 'editor', { scopes: ['read-profiles'] });
  confined = await tokenHeadersFor(ours.accountId, 'editor', { serviceId: ours.serviceId });
  const builtIn = await getDb().table.findFirstOrThrow({
    where: { serviceId: ours.serviceId, isOptimizely: true },
  });
  hub = builtIn.id;
  await addAttributes(hub, [['visits', 'long']]);
  crm = await makeTable('CRM', [
    ['ltv', 'long'],
    ['city', 'string'],
  ]);
  web = await makeTable('Web', [['page', 'string']]);
  app = createProfileServer({ logger: pino({ level: 'silent' }), checkHealth: async () => {} });
  await app.ready();
  const options = { host: '127.0.0.1', port: 0, name: 'Test', variable: 'PROFILE_PORT' };
  origin = `http://127.0.0.1:${await listen(app.server, options)}`;
});

afterAll(() => app.close());

async function addAttributes(tableId: number, attributes: readonly (readonly [string, string])[]) {
  const requests = attributes.map(([name, datatype]) =>
    createAttributeRequest.parse({ name, datatype }),
  );
  await createAttributes(ours.editor, tableId, requests);
}

async function makeTable(name: string, attributes: readonly (readonly [string, string])[]) {
  const request = createTableRequest.parse({ name, keyKind: 'cookie', keyName: 'id' });
  const { id } = await createTable(ours.editor, request);
  await addAttributes(id, attributes);
  return id;
}

async function call(method: string, path: string, options: { body?: unknown; as?: Headers } = {}) {
  const { body, as = editor } = options;
  const response = await fetch(`${origin}/api/${path}`, {
    method,
    headers: { ...as, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
}

const aliasOf = (user: string) => `alias/${ours.serviceId}/${hub}/${encodeURIComponent(user)}`;
const rowOf = (table: number, customer: string) =>
  `customer_profile/${ours.serviceId}/${table}/${encodeURIComponent(customer)}`;

function alias(user: string, data: Record<string, unknown>) {
  return call('POST', aliasOf(user), { body: { data } });
}

function write(table: number, customer: string, data: object) {
  return call('POST', rowOf(table, customer), { body: { data } });
}

describe('aliases', () => {
  test('are created, read, replaced one by one and removed', async () => {
    const user = 'oeu1234.5678';
    const first = { [crm]: 'sfdc1223a3_ji$ddd', [web]: 'mkto1245433:213ad' };
    expect(await alias(user, first)).toEqual({ status: 201, body: null });
    expect(await call('GET', aliasOf(user), { as: viewer })).toEqual({
      status: 200,
      body: {
        dcpServiceId: String(ours.serviceId),
        datasourceId: String(hub),
        customerId: user,
        data: { [String(crm)]: 'sfdc1223a3_ji$ddd', [String(web)]: 'mkto1245433:213ad' },
      },
    });
    const aliases = async () => {
      const { body } = await call('GET', `${aliasOf(user)}/`);
      return (body as { data: object }).data;
    };
    await alias(user, { [crm]: 'other' });
    expect(await aliases()).toEqual({ [crm]: 'other', [web]: 'mkto1245433:213ad' });
    await alias(user, { [crm]: null });
    expect(await aliases()).toEqual({ [web]: 'mkto1245433:213ad' });
    expect((await call('DELETE', `${aliasOf(user)}/${crm}`)).status).toBe(404);
    expect(await call('DELETE', `${aliasOf(user)}/${web}`)).toEqual({ status: 204, body: null });
    expect(await aliases()).toEqual({});
    await alias(user, first);
    expect((await call('DELETE', aliasOf(user))).status).toBe(204);
    expect(await aliases()).toEqual({});
    expect((await call('DELETE', aliasOf(user))).status).toBe(404);
  });

  test('many users may be one customer', async () => {
    await alias('phone', { [crm]: 'shared' });
    await alias('laptop', { [crm]: 'shared' });
    await write(crm, 'shared', { city: 'Paris' });
    for (const user of ['phone', 'laptop']) {
      const view = await call('GET', `consolidatedCustomerView/${ours.serviceId}/${hub}/${user}`);
      expect(view.body).toMatchObject([{ customerId: user }, { data: { city: 'Paris' } }]);
    }
  });

  test('faults are named, and nothing is written then', async () => {
    const archived = await makeTable('Archived', []);
    await updateTable(ours.editor, archived, { archived: true });
    const data = {
      [crm]: 'fine',
      [web]: 5,
      [hub]: 'u',
      999999: 'x',
      nonsense: 'x',
      [archived]: 'x',
    };
    const refused = await alias('faulty', data);
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid-fields' } });
    const { fields } = refused.body as { fields: object };
    expect(Object.keys(fields).toSorted()).toEqual(
      [web, hub, 999999, 'nonsense', archived].map(String).toSorted(),
    );
    expect((await alias('faulty', { [crm]: ' ' })).status).toBe(400);
    expect((await call('POST', aliasOf('faulty'), { body: {} })).status).toBe(400);
    expect((await call('GET', aliasOf('faulty'))).status).toBe(404);
  });

  test('are of the built-in table alone', async () => {
    const path = `alias/${ours.serviceId}/${crm}/someone`;
    const refused = await call('POST', path, { body: { data: {} } });
    expect(refused.status).toBe(400);
    expect((refused.body as { message: string }).message).toContain(String(hub));
    expect((await call('GET', path)).status).toBe(400);
  });

  test('are no attributes of the built-in table', async () => {
    await alias('hidden', { [crm]: 'c' });
    expect(await call('GET', rowOf(hub, 'hidden'))).toMatchObject({ body: { data: {} } });
    expect((await write(hub, 'hidden', { [`alias:${crm}`]: 'd' })).status).toBe(400);
    const reserved = createAttributeRequest.parse({ name: 'alias:12', datatype: 'string' });
    await expect(createAttributes(ours.editor, hub, [reserved])).rejects.toThrow(/holds aliases/);
  });

  test('go with the table that they lead to', async () => {
    const short = await makeTable('Short-lived', []);
    await alias('left', { [short]: 'c', [crm]: 'd' });
    await deleteTable(ours.editor, short);
    expect(await call('GET', aliasOf('left'))).toMatchObject({ body: { data: { [crm]: 'd' } } });
    expect((await alias('left', { [short]: 'c' })).status).toBe(400);
  });
});

describe('the consolidated view', () => {
  test('has the user first, then each table that has a row, in every form of the address', async () => {
    const user = 'oeu1.2';
    await write(hub, user, { visits: 3 });
    await write(crm, 'c-1', { ltv: 10, city: 'jeans' });
    await alias(user, { [crm]: 'c-1', [web]: 'nobody' });
    const dcpServiceId = String(ours.serviceId);
    const view = [
      { dcpServiceId, datasourceId: String(hub), customerId: user, data: { visits: 3 } },
      {
        dcpServiceId,
        datasourceId: String(crm),
        customerId: 'c-1',
        data: { ltv: 10, city: 'jeans' },
      },
    ];
    for (const path of [
      `consolidatedCustomerView/${ours.serviceId}/${hub}/${user}`,
      `consolidatedCustomerView/${ours.serviceId}/${user}`,
      `consolidated_customer_profile_view/${ours.serviceId}/${user}`,
    ]) {
      expect(await call('GET', path, { as: reader })).toEqual({ status: 200, body: view });
      expect((await call('GET', path, { as: stranger })).status).toBe(404);
    }
  });

  test('of nobody is empty', async () => {
    const path = `consolidatedCustomerView/${ours.serviceId}/nobody`;
    expect(await call('GET', path)).toEqual({ status: 200, body: [] });
  });
});

describe('deleting', () => {
  test('a row goes, is counted and may come again', async () => {
    const count = async () => (await countRows(getPool(), [web])).get(web);
    const before = await count();
    await write(web, 'gone', { page: '/' });
    expect(await count()).toBe((before ?? 0) + 1);
    expect(await call('DELETE', rowOf(web, 'gone'))).toEqual({ status: 204, body: null });
    expect(await count()).toBe(before);
    expect((await call('GET', rowOf(web, 'gone'))).status).toBe(404);
    expect((await call('DELETE', rowOf(web, 'gone'))).status).toBe(404);
    expect((await write(web, 'gone', {})).status).toBe(201);
  });

  test('the row of a user goes with the aliases', async () => {
    await alias('forgotten', { [crm]: 'c' });
    expect((await call('DELETE', rowOf(hub, 'forgotten'))).status).toBe(204);
    expect((await call('GET', aliasOf('forgotten'))).status).toBe(404);
  });
});

describe('batches', () => {
  const path = () => `customer_profiles/${ours.serviceId}/${crm}`;

  test('each row has its verdict, in order, and rows of one customer apply in theirs', async () => {
    const profiles = [
      { customerId: 'b1', data: { ltv: 1, city: 'Rome' } },
      { customerId: 'b2', data: { ltv: 'many', town: 'Rome' } },
      { customerId: '', data: {} },
      { data: { ltv: 1 } },
      { customerId: 'b1', data: { ltv: 2 } },
      { customerId: 'b3' },
      'nonsense',
    ];
    const { status, body } = await call('POST', path(), { body: { profiles } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ written: 2, refused: 5 });
    const { results } = body as { results: { status: number; fields?: object }[] };
    expect(results.map((result) => result.status)).toEqual([201, 400, 400, 400, 201, 400, 400]);
    expect(Object.keys(results[1]?.fields ?? {})).toEqual(['ltv', 'town']);
    const customerIds = ['b1', 'b2', 'b1'];
    expect(await call('POST', `${path()}/lookup`, { body: { customerIds }, as: reader })).toEqual({
      status: 200,
      body: {
        results: ['b1', 'b2', 'b1'].map((customerId) =>
          customerId === 'b2'
            ? { status: 404, customerId }
            : {
                status: 200,
                dcpServiceId: String(ours.serviceId),
                datasourceId: String(crm),
                customerId,
                data: { ltv: 2, city: 'Rome' },
              },
        ),
      },
    });
  });

  test('a thousand rows are one call, one more is too many', async () => {
    const profiles = Array.from({ length: 1_001 }, (_, index) => ({
      customerId: `many-${index}`,
      data: { ltv: index },
    }));
    expect((await call('POST', path(), { body: { profiles } })).status).toBe(400);
    const { body } = await call('POST', path(), { body: { profiles: profiles.slice(1) } });
    expect(body).toMatchObject({ written: 1_000, refused: 0 });
    const customerIds = profiles.map(({ customerId }) => customerId);
    const tooMany = await call('POST', `${path()}/lookup`, { body: { customerIds } });
    expect(tooMany.status).toBe(400);
    const found = await call('POST', `${path()}/lookup`, {
      body: { customerIds: customerIds.slice(1) },
    });
    const { results } = found.body as { results: { data: { ltv: number } }[] };
    expect(results.map(({ data }) => data.ltv)).toEqual(profiles.slice(1).map((_, i) => i + 1));
  });

  test('bodies of another shape are refused', async () => {
    for (const body of [{}, { profiles: [] }, { profiles: 'x' }, []]) {
      expect((await call('POST', path(), { body })).status).toBe(400);
      expect((await call('POST', `${path()}/lookup`, { body })).status).toBe(400);
    }
  });
});

test('two hundred writers on a hundred customers lose no attribute', async () => {
  const names = Array.from({ length: 200 }, (_, index) => `w${index}`);
  const table = await makeTable(
    'Contended',
    names.map((name) => [name, 'long'] as const),
  );
  const customers = Array.from({ length: 100 }, (_, index) => `c${index}`);
  // Each writer has an attribute of its own on every customer, and all of them want the same alias.
  const statuses = await Promise.all(
    names.map(async (name, writer) => {
      const profiles = customers.map((customerId) => ({ customerId, data: { [name]: writer } }));
      const path = `customer_profiles/${ours.serviceId}/${table}`;
      const rows = await call('POST', path, { body: { profiles } });
      const single = await write(table, customers[writer % 100] ?? '', { [name]: writer });
      const aliased = await alias('contended', { [table]: `c${writer % 100}` });
      return [rows.status, single.status, aliased.status];
    }),
  );
  expect(statuses).toEqual(names.map(() => [200, 201, 201]));
  const all = Object.fromEntries(names.map((name, writer) => [name, writer]));
  const { body } = await call('POST', `customer_profiles/${ours.serviceId}/${table}/lookup`, {
    body: { customerIds: customers },
  });
  const { results } = body as { results: { data: object }[] };
  expect(results.map(({ data }) => data)).toEqual(customers.map(() => all));
  expect((await countRows(getPool(), [table])).get(table)).toBe(100);
  const aliases = await call('GET', aliasOf('contended'));
  const { data } = aliases.body as { data: Record<string, string> };
  expect(customers).toContain(data[String(table)]);
}, 120_000);

test('who may not, does not', async () => {
  await write(crm, 'guarded', { ltv: 1 });
  await alias('guarded', { [crm]: 'guarded' });
  const body = { data: {} };
  const batch = `customer_profiles/${ours.serviceId}/${crm}`;
  const calls: [string, string, unknown, 'read' | 'write'][] = [
    ['GET', rowOf(crm, 'guarded'), undefined, 'read'],
    ['GET', aliasOf('guarded'), undefined, 'read'],
    ['GET', `consolidatedCustomerView/${ours.serviceId}/${hub}/guarded`, undefined, 'read'],
    ['POST', `${batch}/lookup`, { customerIds: ['guarded'] }, 'read'],
    ['POST', rowOf(crm, 'guarded'), body, 'write'],
    ['POST', aliasOf('guarded'), body, 'write'],
    ['POST', batch, { profiles: [{ customerId: 'guarded', ...body }] }, 'write'],
    ['DELETE', `${aliasOf('guarded')}/${crm}`, undefined, 'write'],
    ['DELETE', rowOf(crm, 'guarded'), undefined, 'write'],
  ];
  const writer = await tokenHeadersFor(ours.accountId, 'editor', { scopes: ['write-profiles'] });
  for (const [method, path, sent, kind] of calls) {
    const statusAs = async (as: Headers) => (await call(method, path, { body: sent, as })).status;
    expect(await statusAs(stranger)).toBe(404);
    expect(await statusAs({})).toBe(401);
    if (kind === 'read') expect(await statusAs(writer)).toBe(403);
    else expect([await statusAs(viewer), await statusAs(reader)]).toEqual([403, 403]);
    expect(await statusAs(kind === 'read' ? reader : confined)).toBeLessThan(300);
  }
});
