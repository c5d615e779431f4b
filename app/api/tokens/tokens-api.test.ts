import { beforeAll, expect, test } from 'vitest';
import { createTokenResponse, tokenScopes } from '#lib/contracts/tokens.ts';
import { getDb } from '#lib/db/client.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { hashSecret } from '#lib/services/secrets.ts';
import { requireScope } from '#lib/services/permissions.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { makeRequest, pathParams, signInAs, type SignedIn } from '#lib/testing/requests.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { GET as services } from '../services/route.ts';
import { DELETE as revoke } from './[id]/route.ts';
import { GET as list, POST as create } from './route.ts';

process.env['LOG_LEVEL'] = 'silent';
process.env['TOKEN_REQUESTS_PER_MINUTE'] = '20';
useTestDatabase();

let ours: TestAccount;
let administrator: SignedIn;
let editor: SignedIn;
let viewer: SignedIn;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  administrator = await signInAs(ours.accountId, 'administrator');
  editor = await signInAs(ours.accountId, 'editor');
  viewer = await signInAs(ours.accountId, 'viewer');
});

const whoami = defineRoute({ auth: 'token', handler: ({ actor }) => actor });
const writeProfiles = defineRoute({
  auth: 'token',
  handler: ({ actor }) => {
    requireScope(actor, 'write-profiles');
  },
});

function send(person: SignedIn, body: unknown) {
  const { headers } = person;
  return create(makeRequest('/api/tokens', { method: 'POST', body, headers }));
}

async function make(person: SignedIn, body: object = {}) {
  const response = await send(person, { name: 'Loader', scopes: [...tokenScopes], ...body });
  expect(response.status).toBe(201);
  return createTokenResponse.parse(await response.json());
}

async function listed(person: SignedIn) {
  const response = await list(makeRequest('/api/tokens', { headers: person.headers }));
  return (await response.json()) as { id: number; lastUsedAt: string | null }[];
}

function remove(person: SignedIn, id: number) {
  const request = makeRequest('/api/tokens/x', { method: 'DELETE', headers: person.headers });
  return revoke(request, pathParams({ id: String(id) }));
}

function use(token: string, route = whoami) {
  return route(makeRequest('/experiment/v1/x', { headers: { token } }));
}

test('a token in the classic form works, is stored as a hash and shown once', async () => {
  const created = await make(editor);
  expect(created.token).toMatch(/^[a-z0-9]{32}:\d+$/);
  expect(created.token.endsWith(`:${created.id}`)).toBe(true);
  const stored = await getDb().apiToken.findUniqueOrThrow({ where: { id: created.id } });
  expect(stored.hash).toBe(hashSecret(created.token));
  expect(JSON.stringify(stored)).not.toContain(created.token);
  expect(created.token.startsWith(stored.prefix)).toBe(true);

  expect(await (await use(created.token)).json()).toMatchObject({
    kind: 'token',
    userId: editor.userId,
    scopes: [...tokenScopes],
    serviceId: null,
  });
  const find = async () => (await listed(editor)).find(({ id }) => id === created.id);
  expect(await find()).not.toHaveProperty('token');
  await expect.poll(async () => (await find())?.lastUsedAt, { timeout: 5_000 }).not.toBeNull();
});

test('a revoked token is refused at once and leaves the list', async () => {
  const { id, token } = await make(editor);
  expect((await remove(editor, id)).status).toBe(204);
  const refused = await use(token);
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({
    message: 'Authentication Failed. The token is unknown, expired or revoked.',
    uuid: refused.headers.get('x-request-id'),
    code: 'invalid-token',
  });
  expect((await listed(editor)).map((token) => token.id)).not.toContain(id);
  expect((await remove(editor, id)).status).toBe(404);
  const entries = await getDb().auditEntry.findMany({ where: { objectId: String(id) } });
  expect(entries.map(({ action }) => action)).toEqual(['token.created', 'token.revoked']);
  expect(JSON.stringify(entries)).not.toContain(token);
});

test('an expired token is refused', async () => {
  const { id, token, expiresAt } = await make(editor, { expiresInDays: 30 });
  expect(Date.parse(expiresAt ?? '')).toBeGreaterThan(Date.now() + 29 * 86_400_000);
  expect((await use(token)).status).toBe(200);
  await getDb().apiToken.update({ where: { id }, data: { expiresAt: new Date() } });
  expect((await use(token)).status).toBe(403);
});

test('a token does what its scopes say, and no more than its maker may', async () => {
  const { token } = await make(editor, { scopes: ['read-profiles', 'read-configuration'] });
  const refused = await use(token, writeProfiles);
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({
    code: 'missing-scope',
    message: expect.stringContaining('"write-profiles"') as unknown,
  });
  const writer = await make(editor, { scopes: ['write-profiles'] });
  expect((await use(writer.token, writeProfiles)).status).toBe(204);

  const tooMuch = await send(viewer, { name: 'x', scopes: ['write-profiles'] });
  expect(tooMuch.status).toBe(422);
  await make(viewer, { scopes: ['read-profiles'] });
});

test('bad requests name their fields; a stranger’s service is not found', async () => {
  const theirs = await createTestAccount('Theirs');
  expect((await send(editor, { name: '', scopes: [] })).status).toBe(422);
  expect((await send(editor, { name: 'x', scopes: ['everything'] })).status).toBe(422);
  const body = { name: 'x', scopes: ['read-profiles'], serviceId: theirs.serviceId };
  expect((await send(editor, body)).status).toBe(404);
  const own = await make(editor, { serviceId: ours.serviceId });
  expect(own.service).toEqual({ id: ours.serviceId, name: 'Ours service' });
});

test('people see and revoke their own tokens, administrators everybody’s', async () => {
  const { id } = await make(editor);
  const ids = async (person: SignedIn) => (await listed(person)).map((token) => token.id);
  expect(await ids(viewer)).not.toContain(id);
  expect((await remove(viewer, id)).status).toBe(404);
  expect(await ids(administrator)).toContain(id);
  expect((await remove(administrator, id)).status).toBe(204);
});

test('a token that asks too often waits; other tokens do not', async () => {
  const { token } = await make(editor);
  for (let request = 0; request < 20; request++) expect((await use(token)).status).toBe(200);
  const refused = await use(token);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({ code: 'rate-limited' });
  expect((await use((await make(editor)).token)).status).toBe(200);
});

test('the services to choose from', async () => {
  const response = await services(makeRequest('/api/services', { headers: viewer.headers }));
  expect(await response.json()).toEqual([{ id: ours.serviceId, name: 'Ours service' }]);
});
