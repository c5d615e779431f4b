import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { errors } from '#lib/core/errors.ts';
import { getDb } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import {
  makeRequest,
  pathParams,
  signInAs,
  testOrigin,
  tokenHeadersFor,
  type SignedIn,
} from '#lib/testing/requests.ts';
import { createTestAccount } from '#lib/testing/test-account.ts';
import { defineRoute } from './define-route.ts';

process.env['LOG_LEVEL'] = 'silent';
useTestDatabase();

let accountId: number;
let person: SignedIn;
let token: Readonly<Record<string, string>>;

beforeAll(async () => {
  ({ accountId } = await createTestAccount());
  person = await signInAs(accountId, 'editor');
  token = await tokenHeadersFor(accountId, 'editor');
});

const greet = defineRoute({
  auth: 'none',
  body: z.object({ name: z.string().min(3, 'Too short.') }),
  bodyLimit: 64,
  response: z.object({ greeting: z.string() }),
  status: 201,
  handler: ({ body }) => ({ greeting: `Hello ${body.name}`, secret: 'not declared' }),
});

const whoami = defineRoute({ auth: 'session', handler: ({ actor }) => actor });
const change = defineRoute({ auth: 'session', handler: () => undefined });
const program = defineRoute({ auth: 'token', handler: ({ actor }) => actor });

function fail(error: unknown, auth: 'none' | 'token' = 'none') {
  const handler = () => {
    throw error;
  };
  return defineRoute({ auth, handler });
}

async function read(response: Response) {
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('answers with what the contract declares, the status and the request id', async () => {
  const response = await greet(
    makeRequest('/', {
      method: 'POST',
      body: { name: 'Ada' },
      headers: { 'x-request-id': 'trace-1' },
    }),
  );
  expect(response.status).toBe(201);
  expect(await response.json()).toEqual({ greeting: 'Hello Ada' });
  expect(response.headers.get('x-request-id')).toBe('trace-1');
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test('makes a request id where none is given or the given one is unfit', async () => {
  for (const headers of [{}, { 'x-request-id': 'a b"}' }]) {
    const response = await greet(makeRequest('/', { method: 'POST', body: {}, headers }));
    const { body } = await read(response);
    expect(body['uuid']).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get('x-request-id')).toBe(body['uuid']);
  }
});

test('names the fields at fault: 422 for the dashboard, 400 for v1', async () => {
  const request = () => makeRequest('/', { method: 'POST', body: { name: 'A' }, headers: token });
  expect(await read(await greet(request()))).toMatchObject({
    status: 422,
    body: { code: 'invalid-fields', message: 'name: Too short.', fields: { name: 'Too short.' } },
  });
  const v1 = defineRoute({
    auth: 'token',
    body: z.object({ name: z.string().min(3) }),
    handler: () => null,
  });
  expect(await read(await v1(request()))).toMatchObject({
    status: 400,
    body: { code: 'invalid-fields' },
  });
});

test.each([
  ['application/json; charset=utf-8', '{"name":"Ada"}', 201],
  ['text/plain', '{"name":"Ada"}', 415],
  ['application/x-www-form-urlencoded', 'name=Ada', 415],
  ['application/json', '{"name":', 400],
  ['application/json', '', 400],
  ['application/json', `{"name":"${'a'.repeat(64)}"}`, 413],
])('a body of %s: %s is answered %i', async (contentType, body, status) => {
  const headers = { host: new URL(testOrigin).host, 'content-type': contentType };
  const request = new Request(testOrigin, { method: 'POST', headers, body });
  expect((await greet(request)).status).toBe(status);
});

test('a body without a length is cut off at the limit', async () => {
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(1024)),
  });
  const request = new Request(testOrigin, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: endless,
    duplex: 'half',
  } as RequestInit);
  expect((await greet(request)).status).toBe(413);
});

test('broken UTF-8 is refused', async () => {
  const request = new Request(testOrigin, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from('{"name":"\xff\xfe"}', 'latin1'),
  });
  expect(await read(await greet(request))).toMatchObject({
    status: 400,
    body: { message: 'The body is not valid UTF-8.' },
  });
});

test('known errors keep their code, status and sentence', async () => {
  expect(await read(await fail(errors.notFound('table', 7))(makeRequest('/')))).toMatchObject({
    status: 404,
    body: { code: 'not-found', message: 'There is no table 7.' },
  });
  const busy = await fail(errors.unavailable('Busy.'))(makeRequest('/'));
  expect(busy.status).toBe(503);
  expect(busy.headers.get('retry-after')).toBe('60');
});

test('v1 has no 409: what conflicts is a bad request there', async () => {
  const conflict = errors.conflict('Taken.', { name: 'Taken.' });
  expect((await fail(conflict)(makeRequest('/'))).status).toBe(409);
  const v1 = await fail(conflict, 'token')(makeRequest('/', { headers: token }));
  expect(await read(v1)).toMatchObject({ status: 400, body: { code: 'conflict' } });
});

test('a defect shows nothing but the request id', async () => {
  const response = await fail(new Error('password is hunter2'))(makeRequest('/'));
  const text = await response.clone().text();
  expect(text).not.toContain('hunter2');
  expect(await read(response)).toMatchObject({ status: 500, body: { code: 'internal' } });
});

test('a schema that fails inside is a defect, not the caller’s fault', async () => {
  const route = defineRoute({ auth: 'none', handler: () => z.string().parse(7) });
  expect((await route(makeRequest('/'))).status).toBe(500);
});

test('an answer that breaks its contract is a defect', async () => {
  const route = defineRoute({
    auth: 'none',
    response: z.object({ id: z.int() }),
    handler: () => ({ id: 'seven' }),
  });
  expect((await route(makeRequest('/'))).status).toBe(500);
});

test('a path that does not parse does not exist', async () => {
  const route = defineRoute({
    auth: 'none',
    params: z.object({ id: idParameter }),
    handler: ({ params }) => params.id,
  });
  for (const id of ['x', '0', '-1', '1.5', '1e3', '2147483648', '99999999999']) {
    expect((await route(makeRequest('/'), pathParams({ id }))).status).toBe(404);
  }
  const found = await route(makeRequest('/'), pathParams({ id: '2147483647' }));
  expect(await found.json()).toBe(2147483647);
});

test('a query is parsed', async () => {
  const route = defineRoute({
    auth: 'none',
    query: z.object({ page: z.coerce.number().default(1) }),
    handler: ({ query }) => query,
  });
  expect(await (await route(makeRequest('/?page=3'))).json()).toEqual({ page: 3 });
  expect((await route(makeRequest('/?page=x'))).status).toBe(422);
});

test('a session says who asks, with the role of this moment', async () => {
  const ask = async () =>
    (await read(await whoami(makeRequest('/', { headers: person.headers })))).body;
  expect(await ask()).toMatchObject({
    kind: 'user',
    accountId,
    userId: person.userId,
    role: 'editor',
  });
  await getDb().user.update({ where: { id: person.userId }, data: { role: 'viewer' } });
  expect(await ask()).toMatchObject({ role: 'viewer' });
  await getDb().user.update({ where: { id: person.userId }, data: { role: 'editor' } });
});

test('without a session there is no answer', async () => {
  const forged = { cookie: 'opendcp.session_token=abc.def' };
  for (const headers of [{}, forged, token]) {
    expect(await read(await whoami(makeRequest('/', { headers })))).toMatchObject({
      status: 401,
      body: { code: 'unauthenticated' },
    });
  }
});

test('a write with a session comes from the dashboard’s own pages', async () => {
  const send = async (origin?: string) => {
    const { cookie = '' } = person.headers;
    const headers = origin === undefined ? { cookie } : { cookie, origin };
    return (await change(makeRequest('/', { method: 'POST', headers }))).status;
  };
  expect(await send(testOrigin)).toBe(204);
  // A proxy in front may speak TLS for us.
  expect(await send(testOrigin.replace('http:', 'https:'))).toBe(204);
  expect(await send()).toBe(403);
  expect(await send('null')).toBe(403);
  expect(await send('http://evil.test:3000')).toBe(403);
  expect(await send('http://dcp.test:3001')).toBe(403);
  expect(await send('http://dcp.test:3000.evil.test')).toBe(403);
});

test('an open route refuses other sites too, but not programs', async () => {
  const send = async (headers: Record<string, string>) =>
    (await greet(makeRequest('/', { method: 'POST', body: { name: 'Ada' }, headers }))).status;
  expect(await send({ origin: 'http://evil.test' })).toBe(403);
  expect(await send({})).toBe(201);
});

test('a token says who asks', async () => {
  const response = await program(makeRequest('/', { headers: token }));
  expect(await response.json()).toMatchObject({ kind: 'token', accountId, role: 'editor' });
});

test.each([
  [
    'no token',
    {},
    { status: 401, code: 'unauthenticated' },
    'Authentication Failed. Send a classic API token in the header "Token".',
  ],
  [
    'a wrong token',
    { token: 'abc:1' },
    { status: 403, code: 'invalid-token' },
    'Authentication Failed. The token is unknown, expired or revoked.',
  ],
  [
    'a Bearer token',
    { authorization: 'Bearer 2:abc' },
    { status: 401, code: 'unauthenticated' },
    'Authentication Failed. This API takes classic API tokens in the header "Token"; personal access tokens and OAuth ("Authorization: Bearer") are not accepted.',
  ],
])('%s is refused with the reason', async (_case, headers, { status, code }, message) => {
  const response = await program(makeRequest('/', { headers: { ...headers } }));
  expect(await read(response)).toMatchObject({ status, body: { code, message } });
});

test('a session is no token', async () => {
  expect((await program(makeRequest('/', { headers: person.headers }))).status).toBe(401);
});

test('expired and revoked tokens and tokens of removed people are refused', async () => {
  const ask = async (headers: Readonly<Record<string, string>>) =>
    (await program(makeRequest('/', { headers }))).status;
  const mine = await tokenHeadersFor(accountId, 'viewer');
  expect(await ask(mine)).toBe(200);
  const { id, userId } = await getDb().apiToken.findFirstOrThrow({ orderBy: { id: 'desc' } });
  await getDb().apiToken.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });
  expect(await ask(mine)).toBe(403);
  await getDb().apiToken.update({
    where: { id },
    data: { expiresAt: new Date(Date.now() + 60_000) },
  });
  expect(await ask(mine)).toBe(200);
  await getDb().apiToken.update({ where: { id }, data: { revokedAt: new Date() } });
  expect(await ask(mine)).toBe(403);
  await getDb().apiToken.update({ where: { id }, data: { revokedAt: null } });
  await getDb().user.delete({ where: { id: userId } });
  expect(await ask(mine)).toBe(403);
});
