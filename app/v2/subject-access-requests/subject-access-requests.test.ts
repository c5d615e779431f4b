import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { errorResponse } from '#lib/contracts/common.ts';
import type { UserRole } from '#lib/contracts/auth.ts';
import { subjectAccessRequest } from '#lib/contracts/v2/subject-access-requests.ts';
import { getBlobStore } from '#lib/services/blob-store.ts';
import { withFacts } from '#lib/services/facts/with-facts.ts';
import { runPrivacyRequest } from '#lib/services/privacy/run-request.ts';
import { lookUpProfile, setCustomerProfile } from '#lib/services/profiles.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { makeRequest, pathParams, tokenHeadersFor } from '#lib/testing/requests.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode } from '#lib/testing/test-node.ts';
import { createTestTable, type TestTable } from '#lib/testing/test-table.ts';
import { GET as exportRequest } from './[id]/export/route.ts';
import { GET as readRequest } from './[id]/route.ts';
import { GET as listRequests, POST as createRequest } from './route.ts';

process.env['LOG_LEVEL'] = 'silent';
useTestDatabase();
useTestNode({ hasWorker: false });

type Who = UserRole | 'stranger' | 'reader' | 'confined' | 'otherService';

let ours: TestAccount;
let table: TestTable;
let tokens: Record<Who, Readonly<Record<string, string>>>;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  const theirs = await createTestAccount('Theirs');
  table = await createTestTable(ours.editor);
  const { accountId, serviceId } = ours;
  const role = 'administrator';
  tokens = {
    administrator: await tokenHeadersFor(accountId, role),
    editor: await tokenHeadersFor(accountId, 'editor'),
    viewer: await tokenHeadersFor(accountId, 'viewer'),
    stranger: await tokenHeadersFor(theirs.accountId, role),
    reader: await tokenHeadersFor(accountId, role, { scopes: ['read-profiles'] }),
    confined: await tokenHeadersFor(accountId, role, { serviceId }),
    otherService: await tokenHeadersFor(accountId, role, { serviceId: theirs.serviceId }),
  };
  const customer = { serviceId, tableId: table.id, customerId: 'c1' };
  const write = { customer, body: { data: { string: 'Ada' } } };
  await withFacts((facts) => setCustomerProfile(ours.editor, write, facts));
});

const valid = {
  data_type: 'visitor',
  identifier_type: 'dcp_id',
  identifier: 'c1',
  request_type: 'access',
};

async function post(body: unknown, who: Who = 'administrator') {
  const parts = { method: 'POST', body, headers: tokens[who] };
  return read(await createRequest(makeRequest('/v2/subject-access-requests', parts)));
}

async function get(route: typeof readRequest, id: number, who: Who = 'administrator') {
  const request = makeRequest(`/v2/subject-access-requests/${id}`, { headers: tokens[who] });
  return route(request, pathParams({ id: String(id) }));
}

async function read(response: Response) {
  return { status: response.status, body: (await response.json()) as unknown };
}

async function create(body: object = {}, who: Who = 'administrator') {
  const { status, body: created } = await post({ ...valid, ...body }, who);
  expect(status).toBe(201);
  return subjectAccessRequest.parse(created);
}

async function carryOut(id: number) {
  const { signal } = new AbortController();
  await runPrivacyRequest(await getBlobStore(), id, signal);
}

test('a program asks for access, polls, and downloads the zip file', async () => {
  const created = await create();
  expect(created).toEqual({
    id: created.id,
    account_id: ours.accountId,
    data_type: 'visitor',
    identifier_type: 'dcp_id',
    identifier: 'c1',
    request_type: 'access',
    dcp_datasource_id: null,
    status: 'queued',
    requested_at_time: created.requested_at_time,
    processing_started_time: null,
    completed_at_time: null,
    sla_deadline_time: created.sla_deadline_time,
    export_location: null,
    expired_at_time: null,
    error: null,
  });
  const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;
  expect(days(created.requested_at_time, created.sla_deadline_time)).toBe(30);
  expect((await get(exportRequest, created.id)).status).toBe(400);

  await carryOut(created.id);
  const { body } = await read(await get(readRequest, created.id));
  const done = subjectAccessRequest.parse(body);
  expect(done.status).toBe('completed');
  // Where the product listens, whatever name the request was sent to: the token goes there next.
  expect(done.export_location).toBe(
    `http://127.0.0.1:3000/v2/subject-access-requests/${created.id}/export`,
  );
  expect(days(done.completed_at_time ?? '', done.expired_at_time ?? '')).toBeCloseTo(7, 3);
  const answer = await get(exportRequest, created.id);
  expect(answer.headers.get('content-type')).toBe('application/zip');
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  expect(strFromU8(files['profiles.json'] ?? new Uint8Array())).toContain('Ada');
});

test.each([
  [{ data_type: 'user' }, 'data_type', 'visitor'],
  [{ identifier_type: 'email' }, 'identifier_type', 'dcp_id'],
  [{ identifier_type: 'fullstack_id' }, 'identifier_type', 'optimizely_end_user_id'],
  [{ identifier_type: 'other' }, 'identifier_type', 'no other identifier'],
  [{ request_type: 'rectify' }, 'request_type', 'delete'],
  [{ identifier: '' }, 'identifier', 'Enter'],
  [{ identifier: '  ' }, 'identifier', 'missing'],
  [{ identifier: 'x'.repeat(356) }, 'identifier', '355'],
  [{ identifier: 'a\0b' }, 'identifier', 'NUL'],
  [{ identifier: 7 }, 'identifier', 'Enter'],
])('%j is refused, and says why', async (body, field, reason) => {
  const answer = await post({ ...valid, ...body });
  expect(answer.status).toBe(400);
  const { code, fields, uuid } = errorResponse.parse(answer.body);
  expect(code).toBe('invalid-fields');
  expect(uuid).not.toBe('');
  expect(fields?.[field]).toContain(reason);
});

test('an identifier of 355 characters is taken', async () => {
  await create({ identifier: 'x'.repeat(355) });
});

test('who may not ask is told so, and strangers see nothing', async () => {
  const { id } = await create();
  for (const who of ['editor', 'viewer'] as const) {
    expect((await post(valid, who)).status).toBe(403);
    expect((await get(readRequest, id, who)).status).toBe(403);
    expect((await get(exportRequest, id, who)).status).toBe(403);
  }
  expect((await post({ ...valid, request_type: 'delete' }, 'reader')).body).toMatchObject({
    code: 'missing-scope',
  });
  for (const who of ['stranger', 'confined', 'otherService'] as const) {
    expect((await get(readRequest, id, who)).status).toBe(404);
    expect((await get(exportRequest, id, who)).status).toBe(404);
  }
  const foreign = { ...valid, dcp_datasource_id: table.id };
  expect((await post(foreign, 'stranger')).status).toBe(404);
  const refused = await read(
    await createRequest(makeRequest('/', { method: 'POST', body: valid })),
  );
  expect(refused.status).toBe(401);
  expect((await get(readRequest, 999_999)).status).toBe(404);
});

test('lists are the account’s, or the service’s of the token, the latest first, in pages', async () => {
  const mine = await create({ dcp_datasource_id: table.id }, 'confined');
  const list = async (who: Who, query = '') => {
    const request = makeRequest(`/v2/subject-access-requests${query}`, { headers: tokens[who] });
    return subjectAccessRequest.array().parse((await read(await listRequests(request))).body);
  };
  expect(await list('confined')).toEqual([mine]);
  expect(await list('stranger')).toEqual([]);
  const all = await list('reader');
  expect(all[0]).toEqual(mine);
  expect(all.length).toBeGreaterThan(2);
  expect(await list('reader', '?per_page=1&page=2')).toEqual([all[1]]);
});

test('a program has a customer erased, which no one else can', async () => {
  const stranger = await create({ request_type: 'delete' }, 'stranger');
  await carryOut(stranger.id);
  const reference = { tableId: table.id, customerId: 'c1' };
  expect((await lookUpProfile(ours.viewer, reference)).found).toBe(true);
  const { id } = await create({ request_type: 'delete' });
  await carryOut(id);
  expect((await lookUpProfile(ours.viewer, reference)).found).toBe(false);
  expect((await read(await get(readRequest, id))).body).toMatchObject({
    status: 'completed',
    identifier: null,
    export_location: null,
  });
});
