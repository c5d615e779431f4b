import { beforeAll, expect, test } from 'vitest';
import { identityResponse, type IdentityResponse } from '#lib/contracts/profiles.ts';
import { getDb } from '#lib/db/client.ts';
import { withFacts } from '#lib/services/facts/with-facts.ts';
import { setCustomerProfile } from '#lib/services/profiles.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { makeRequest, signInAs, type SignedIn } from '#lib/testing/requests.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import { POST as setAlias } from './aliases/route.ts';
import { GET as identity } from './identity/route.ts';

process.env['LOG_LEVEL'] = 'silent';
useTestDatabase();

let ours: TestAccount;
let editor: SignedIn;
let viewer: SignedIn;
let stranger: SignedIn;
let hub: number;
let crm: number;
let web: number;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  const theirs = await createTestAccount('Theirs');
  editor = await signInAs(ours.accountId, 'editor');
  viewer = await signInAs(ours.accountId, 'viewer');
  stranger = await signInAs(theirs.accountId, 'administrator');
  const where = { serviceId: ours.serviceId, isOptimizely: true };
  hub = (await getDb().table.findFirstOrThrow({ where })).id;
  crm = (await createTestTable(ours.editor)).id;
  web = (await createTestTable(ours.editor)).id;
  const customer = { serviceId: ours.serviceId, tableId: crm, customerId: 'c1' };
  const write = { customer, body: { data: { string: 'Paris' } } };
  await withFacts((facts) => setCustomerProfile(ours.editor, write, facts));
});

function send(person: SignedIn, userId: string, alias: { tableId: number; customerId: unknown }) {
  const { headers } = person;
  return setAlias(makeRequest('/api', { method: 'POST', body: { userId, ...alias }, headers }));
}

function look(person: SignedIn, tableId: number, customerId: string) {
  const { headers } = person;
  return identity(makeRequest(`/api?tableId=${tableId}&customerId=${customerId}`, { headers }));
}

async function identityOf(tableId: number, customerId: string): Promise<IdentityResponse> {
  const response = await look(viewer, tableId, customerId);
  expect(response.status).toBe(200);
  return identityResponse.parse(await response.json());
}

test('a customer is found by the user and the user by the customer', async () => {
  expect(await identityOf(crm, 'c1')).toMatchObject({ users: [], userId: null, profiles: [] });
  expect((await send(editor, 'u1', { tableId: crm, customerId: 'c1' })).status).toBe(204);
  expect((await send(editor, 'u1', { tableId: web, customerId: 'w1' })).status).toBe(204);
  const aliases = [
    { tableId: crm, customerId: 'c1' },
    { tableId: web, customerId: 'w1' },
  ];
  expect(await identityOf(hub, 'u1')).toMatchObject({
    builtIn: { tableId: hub, tableName: 'Optimizely' },
    users: ['u1'],
    userId: 'u1',
    aliases,
    profiles: [{ tableId: crm, customerId: 'c1', found: true }],
  });
  expect(await identityOf(crm, 'c1')).toMatchObject({
    users: ['u1'],
    userId: 'u1',
    aliases,
    profiles: [{ tableId: hub, customerId: 'u1' }],
  });

  await send(editor, 'u2', { tableId: crm, customerId: 'c1' });
  expect(await identityOf(crm, 'c1')).toMatchObject({
    users: ['u1', 'u2'],
    userId: null,
    aliases: [],
    profiles: [],
  });
  expect((await send(editor, 'u2', { tableId: crm, customerId: null })).status).toBe(204);
  expect(await identityOf(crm, 'c1')).toMatchObject({ userId: 'u1' });
});

test('faults land on the fields of the form; viewers and strangers change nothing', async () => {
  const fieldsOf = async (response: Response) => {
    expect(response.status).toBe(422);
    return Object.keys(((await response.json()) as { fields: object }).fields);
  };
  const blank = await send(editor, 'u3', { tableId: crm, customerId: ' ' });
  expect(await fieldsOf(blank)).toEqual(['customerId']);
  const nobody = await send(editor, ' ', { tableId: crm, customerId: 'c1' });
  expect(await fieldsOf(nobody)).toEqual(['userId']);
  const builtIn = await send(editor, 'u3', { tableId: hub, customerId: 'u1' });
  expect(await fieldsOf(builtIn)).toEqual(['customerId']);
  expect((await send(viewer, 'u3', { tableId: crm, customerId: 'c1' })).status).toBe(403);
  expect((await send(stranger, 'u3', { tableId: crm, customerId: 'c1' })).status).toBe(404);
  expect((await look(stranger, crm, 'c1')).status).toBe(404);
  expect((await identityOf(hub, 'u3')).aliases).toEqual([]);
});
