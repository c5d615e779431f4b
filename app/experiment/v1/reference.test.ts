import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenScopes, type TokenScope } from '#lib/contracts/tokens.ts';
import { createProfileServer } from '#lib/edge/profile-api/server.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { makeRequest, pathParams, tokenHeadersFor } from '#lib/testing/requests.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import * as attributeRoute from './dcp_datasource_attributes/[id]/route.ts';
import * as attributesRoute from './dcp_datasources/[id]/dcp_datasource_attributes/route.ts';
import * as uploadsRoute from './dcp_datasources/[id]/dcp_uploads/route.ts';
import * as exportRoute from './dcp_datasources/[id]/export/route.ts';
import * as datasourceRoute from './dcp_datasources/[id]/route.ts';
import * as datasourcesRoute from './dcp_services/[id]/dcp_datasources/route.ts';
import * as serviceRoute from './dcp_services/[id]/route.ts';
import * as servicesRoute from './dcp_services/route.ts';
import * as projectRoute from './projects/[id]/route.ts';
import * as projectsRoute from './projects/route.ts';

process.env['LOG_LEVEL'] = 'silent';
useTestDatabase();

type Headers = Readonly<Record<string, string>>;
type Route = typeof servicesRoute.GET;

let ours: TestAccount;
let administrator: Headers;
let profiles: FastifyInstance;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  administrator = await tokenHeadersFor(ours.accountId, 'administrator');
  profiles = createProfileServer({
    logger: pino({ level: 'silent' }),
    checkHealth: () => Promise.resolve(),
  });
  await profiles.ready();
});

afterAll(() => profiles.close());

interface Call {
  readonly route: Route;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly id?: number;
  readonly body?: unknown;
}

async function call({ route, method = 'GET', id, body }: Call, headers = administrator) {
  const request = makeRequest('/experiment/v1/x', { method, body, headers });
  const response = await route(request, pathParams(id === undefined ? {} : { id: String(id) }));
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
}

async function profileCall(method: 'GET' | 'POST', url: string, payload?: object) {
  const headers = { ...administrator };
  const response = await profiles.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  return {
    status: response.statusCode,
    body: response.body === '' ? null : (JSON.parse(response.body) as unknown),
  };
}

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/) as unknown;
const key = expect.stringMatching(/^\w{16,}$/) as unknown;

interface Entity {
  readonly id: number;
}

/** The story that Optimizely's documentation tells with its examples, answer by answer and field by field. */
test('the examples of the documentation, from a service to a consolidated profile', async () => {
  const serviceId = ours.serviceId;
  const service = {
    id: serviceId,
    account_id: ours.accountId,
    archived: false,
    name: 'My DCP Service',
    s3_path: `dcp/${serviceId}`,
    aws_access_key: null,
    aws_secret_key: null,
    created: time,
    last_modified: time,
  };
  const name = 'My DCP Service';
  const renamed = {
    route: serviceRoute.PUT,
    method: 'PUT',
    id: serviceId,
    body: { name },
  } as const;
  expect(await call(renamed)).toEqual({ status: 202, body: service });
  expect(await call({ route: servicesRoute.GET })).toEqual({ status: 200, body: [service] });

  const created = await call({
    route: datasourcesRoute.POST,
    method: 'POST',
    id: serviceId,
    body: {
      name: 'My Data Warehouse',
      keyfield_locator_type: 'cookie',
      keyfield_locator_name: '_my_id_cookie',
    },
  });
  const { id: tableId } = created.body as Entity;
  const table = {
    id: tableId,
    archived: false,
    attributes: [],
    dcp_service_id: serviceId,
    name: 'My Data Warehouse',
    description: null,
    is_optimizely: false,
    keyfield_locator_type: 'cookie',
    keyfield_locator_name: '_my_id_cookie',
    s3_path: `dcp/${serviceId}/${tableId}`,
    aws_access_key: key,
    aws_secret_key: key,
    created: time,
    last_modified: time,
  };
  expect(created).toEqual({ status: 201, body: table });

  const attributeBody = { name: 'Life-time value', datatype: 'long', description: 'All purchases' };
  const added = await call({
    route: attributesRoute.POST,
    method: 'POST',
    id: tableId,
    body: attributeBody,
  });
  const { id: attributeId } = added.body as Entity;
  const short = {
    id: attributeId,
    ...attributeBody,
    format: null,
    is_value_public: false,
    archived: false,
  };
  const attribute = { ...short, dcp_datasource_id: tableId, created: time, last_modified: time };
  expect(added).toEqual({ status: 201, body: attribute });
  expect(await call({ route: attributesRoute.GET, id: tableId })).toEqual({
    status: 200,
    body: [{ ...short, dcp_datasource_id: tableId }],
  });
  await call({
    route: attributesRoute.POST,
    method: 'POST',
    id: tableId,
    body: { name: 'most_viewed_category', datatype: 'string' },
  });
  // The documentation's own update sends what cannot change, too.
  const update = { route: attributeRoute.PUT, method: 'PUT', id: attributeId } as const;
  expect(await call({ ...update, body: { ...attributeBody, description: 'New' } })).toEqual({
    status: 202,
    body: { ...attribute, description: 'New' },
  });

  const tables = await call({ route: datasourcesRoute.GET, id: serviceId });
  const list = tables.body as (Entity & { is_optimizely: boolean })[];
  const hub = list.find((entry) => entry.is_optimizely);
  expect(Object.keys(hub ?? {}).toSorted()).toEqual(Object.keys(table).toSorted());
  expect(hub).toMatchObject({
    name: 'Optimizely',
    keyfield_locator_type: 'uid',
    keyfield_locator_name: null,
    attributes: [],
  });

  const project = await call({
    route: projectsRoute.POST,
    method: 'POST',
    body: { project_name: 'P' },
  });
  const { id: projectId } = project.body as Entity;
  const link = { route: projectRoute.PUT, method: 'PUT', id: projectId } as const;
  expect(await call({ ...link, body: { dcp_service_id: serviceId } })).toMatchObject({
    status: 202,
    body: { id: projectId, dcp_service_id: serviceId },
  });

  const customer = 'sfdc1223a3_ji$ddd';
  const row = `/api/customer_profile/${serviceId}/${tableId}/${encodeURIComponent(customer)}`;
  const data = { 'Life-time value': 10, most_viewed_category: 'jeans' };
  expect(await profileCall('POST', row, { data })).toEqual({ status: 201, body: null });
  const profile = {
    dcpServiceId: String(serviceId),
    datasourceId: String(tableId),
    customerId: customer,
    data,
  };
  expect(await profileCall('GET', row)).toEqual({ status: 200, body: profile });

  const user = 'oeu1234.5678';
  const alias = `/api/alias/${serviceId}/${hub?.id}/${user}`;
  const aliases = { [String(tableId)]: customer };
  expect(await profileCall('POST', alias, { data: aliases })).toEqual({ status: 201, body: null });
  const head = { dcpServiceId: String(serviceId), datasourceId: String(hub?.id), customerId: user };
  expect(await profileCall('GET', alias)).toEqual({
    status: 200,
    body: { ...head, data: aliases },
  });
  const view = `/api/consolidatedCustomerView/${serviceId}/${hub?.id}/${user}`;
  expect(await profileCall('GET', view)).toEqual({
    status: 200,
    body: [{ ...head, data: {} }, profile],
  });

  const archive = { route: attributeRoute.DELETE, method: 'DELETE', id: attributeId } as const;
  expect(await call(archive)).toEqual({ status: 204, body: null });
  const remove = { route: datasourceRoute.DELETE, method: 'DELETE', id: tableId } as const;
  expect(await call(remove)).toEqual({ status: 204, body: null });
});

test('every call needs its right, and a stranger’s ids do not exist', async () => {
  const theirs = await createTestAccount('Theirs');
  const stranger = await tokenHeadersFor(theirs.accountId, 'administrator');
  const id = ours.serviceId;
  const made = await call({
    route: datasourcesRoute.POST,
    method: 'POST',
    id,
    body: { name: 'Guarded', keyfield_locator_type: 'uid' },
  });
  const { id: tableId } = made.body as Entity;
  const added = await call({
    route: attributesRoute.POST,
    method: 'POST',
    id: tableId,
    body: { name: 'a', datatype: 'long' },
  });
  const { id: attributeId } = added.body as Entity;
  const project = await call({
    route: projectsRoute.POST,
    method: 'POST',
    body: { project_name: 'G' },
  });
  const { id: projectId } = project.body as Entity;

  const calls: (Call & { readonly scope: TokenScope })[] = [
    { scope: 'read-configuration', route: servicesRoute.GET },
    { scope: 'read-configuration', route: serviceRoute.GET, id },
    { scope: 'read-configuration', route: datasourcesRoute.GET, id },
    { scope: 'read-configuration', route: datasourceRoute.GET, id: tableId },
    { scope: 'read-configuration', route: attributesRoute.GET, id: tableId },
    { scope: 'read-configuration', route: attributeRoute.GET, id: attributeId },
    { scope: 'read-configuration', route: uploadsRoute.GET, id: tableId },
    { scope: 'read-configuration', route: projectsRoute.GET },
    { scope: 'read-configuration', route: projectRoute.GET, id: projectId },
    { scope: 'read-profiles', route: exportRoute.GET, id: tableId },
    ...(
      [
        { route: servicesRoute.POST, method: 'POST', body: { name: 'x' } },
        { route: serviceRoute.PUT, method: 'PUT', id, body: { name: 'x' } },
        {
          route: datasourcesRoute.POST,
          method: 'POST',
          id,
          body: { name: 'x', keyfield_locator_type: 'uid' },
        },
        { route: datasourceRoute.PUT, method: 'PUT', id: tableId, body: { name: 'x' } },
        {
          route: attributesRoute.POST,
          method: 'POST',
          id: tableId,
          body: { name: 'x', datatype: 'long' },
        },
        { route: attributeRoute.PUT, method: 'PUT', id: attributeId, body: { description: 'x' } },
        { route: projectsRoute.POST, method: 'POST', body: { project_name: 'x' } },
        { route: projectRoute.PUT, method: 'PUT', id: projectId, body: { project_name: 'x' } },
        { route: attributeRoute.DELETE, method: 'DELETE', id: attributeId },
        { route: datasourceRoute.DELETE, method: 'DELETE', id: tableId },
        { route: serviceRoute.DELETE, method: 'DELETE', id },
      ] as const
    ).map((write) => ({ ...write, scope: 'write-configuration' as const })),
  ];
  for (const { scope, ...each } of calls) {
    // Writing the configuration includes reading it, so both go.
    const others = tokenScopes.filter(
      (other) =>
        other !== scope && !(scope === 'read-configuration' && other === 'write-configuration'),
    );
    const without = await tokenHeadersFor(ours.accountId, 'administrator', { scopes: others });
    expect(await call(each, without)).toMatchObject({
      status: 403,
      body: { code: 'missing-scope' },
    });
    if (each.id !== undefined) expect((await call(each, stranger)).status).toBe(404);
    expect((await call(each, {})).status).toBe(401);
  }
});

test('key pairs are for tokens with the right to secrets', async () => {
  const [table] = (await call({ route: datasourcesRoute.GET, id: ours.serviceId }))
    .body as Entity[];
  const read = { route: datasourceRoute.GET, id: table?.id ?? 0 };
  expect(await call(read)).toMatchObject({ body: { aws_access_key: key, aws_secret_key: key } });
  const blind = await tokenHeadersFor(ours.accountId, 'administrator', {
    scopes: ['read-configuration'],
  });
  const hidden = { body: { aws_access_key: null, aws_secret_key: null } };
  expect(await call(read, blind)).toMatchObject(hidden);
});
