import { beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '#lib/testing/database.ts';
import { makeRequest, pathParams, tokenHeadersFor } from '#lib/testing/requests.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import * as projectRoute from './[id]/route.ts';
import * as projectsRoute from './route.ts';

process.env['LOG_LEVEL'] = 'silent';
useTestDatabase();

type Headers = Readonly<Record<string, string>>;

let ours: TestAccount;
let theirs: TestAccount;
let editor: Headers;
let viewer: Headers;
let stranger: Headers;
let confined: Headers;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  theirs = await createTestAccount('Theirs');
  editor = await tokenHeadersFor(ours.accountId, 'editor');
  viewer = await tokenHeadersFor(ours.accountId, 'viewer');
  stranger = await tokenHeadersFor(theirs.accountId, 'administrator');
  confined = await tokenHeadersFor(ours.accountId, 'editor', { serviceId: ours.serviceId });
});

async function list(headers: Headers) {
  const response = await projectsRoute.GET(makeRequest('/experiment/v1/projects/', { headers }));
  return { status: response.status, body: (await response.json()) as unknown };
}

async function post(headers: Headers, body: unknown) {
  const request = makeRequest('/experiment/v1/projects', { method: 'POST', headers, body });
  const response = await projectsRoute.POST(request);
  return { status: response.status, body: (await response.json()) as { id: number } };
}

async function get(headers: Headers, id: number | string) {
  const request = makeRequest(`/experiment/v1/projects/${id}`, { headers });
  const response = await projectRoute.GET(request, pathParams({ id: String(id) }));
  return { status: response.status, body: (await response.json()) as unknown };
}

async function put(headers: Headers, id: number, body: unknown) {
  const request = makeRequest(`/experiment/v1/projects/${id}`, { method: 'PUT', headers, body });
  const response = await projectRoute.PUT(request, pathParams({ id: String(id) }));
  return { status: response.status, body: (await response.json()) as unknown };
}

test('a project is created, linked to a service, unlinked and archived', async () => {
  const created = await post(editor, { project_name: 'Shop' });
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/) as unknown;
  const { id } = created.body;
  const project = {
    id,
    account_id: ours.accountId,
    project_name: 'Shop',
    project_status: 'Active',
    dcp_service_id: null,
    created: time,
    last_modified: time,
  };
  expect(created).toEqual({ status: 201, body: project });
  expect(await get(viewer, id)).toEqual({ status: 200, body: project });
  expect((await list(viewer)).body).toContainEqual(project);

  const linked = { ...project, dcp_service_id: ours.serviceId };
  const link = { dcp_service_id: ours.serviceId };
  expect(await put(editor, id, link)).toEqual({ status: 202, body: linked });
  expect(await put(editor, id, { ...linked, created: undefined })).toMatchObject({ status: 202 });
  expect(await put(editor, id, { project_status: 'Archived', dcp_service_id: null })).toEqual({
    status: 202,
    body: { ...project, project_status: 'Archived' },
  });
});

test('what cannot be is refused by name', async () => {
  expect(await post(editor, {})).toMatchObject({ status: 400, body: { code: 'invalid-fields' } });
  const { body } = await post(editor, { project_name: 'Blog' });
  for (const change of [
    { id: 1_000_000 },
    { account_id: 1_000_000 },
    { dcp_service_id: theirs.serviceId },
    { dcp_service_id: 1_000_000 },
    { dcp_service_id: 'x' },
    { project_status: 'Paused' },
    { project_name: '' },
  ]) {
    const refused = await put(editor, body.id, change);
    expect(refused.status).toBe(400);
    expect(Object.keys((refused.body as { fields: object }).fields)).toEqual(Object.keys(change));
  }
});

test('viewers read; strangers and tokens of one service do not see what is not theirs', async () => {
  const { body } = await post(editor, { project_name: 'Private' });
  expect((await post(viewer, { project_name: 'x' })).status).toBe(403);
  expect((await put(viewer, body.id, { project_name: 'x' })).status).toBe(403);
  expect((await get(stranger, body.id)).status).toBe(404);
  expect((await put(stranger, body.id, { project_name: 'x' })).status).toBe(404);
  expect((await list(stranger)).body).toEqual([]);
  expect((await get({}, body.id)).status).toBe(401);
  expect((await get(editor, '1e3')).status).toBe(404);

  expect((await get(confined, body.id)).status).toBe(404);
  await put(editor, body.id, { dcp_service_id: ours.serviceId });
  expect((await get(confined, body.id)).status).toBe(200);
  expect((await put(confined, body.id, { dcp_service_id: null })).status).toBe(400);
});
