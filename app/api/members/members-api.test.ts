import { beforeEach, expect, test } from 'vitest';
import { inviteResponse } from '#lib/contracts/auth.ts';
import { getDb } from '#lib/db/client.ts';
import { readInvitation } from '#lib/services/auth/invitations.ts';
import { changeMemberRole, removeMember } from '#lib/services/members.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import {
  makeRequest,
  pathParams,
  signInAs,
  testOrigin,
  type SignedIn,
} from '#lib/testing/requests.ts';
import { createTestAccount, createTestUser, type TestAccount } from '#lib/testing/test-account.ts';
import { GET as session } from '../session/route.ts';
import { POST as setup } from '../setup/route.ts';
import { DELETE as remove, PATCH as changeRole } from './[id]/route.ts';
import { POST as invite } from './invitations/route.ts';
import { GET as list } from './route.ts';

process.env['LOG_LEVEL'] = 'silent';
useTestDatabase();

let ours: TestAccount;
let administrator: SignedIn;
let accounts = 0;

beforeEach(async () => {
  accounts += 1;
  ours = await createTestAccount(`Account ${accounts}`);
  administrator = await signInAs(ours.accountId, 'administrator');
});

function sendInvitation(person: SignedIn, email: string, role = 'editor') {
  const { headers } = person;
  return invite(makeRequest('/api', { method: 'POST', body: { email, role }, headers }));
}

function sendRole(person: SignedIn, id: string, role: string) {
  const { headers } = person;
  return changeRole(
    makeRequest('/api', { method: 'PATCH', body: { role }, headers }),
    pathParams({ id }),
  );
}

function sendRemoval(person: SignedIn, id: string) {
  const { headers } = person;
  return remove(makeRequest('/api', { method: 'DELETE', headers }), pathParams({ id }));
}

async function invitationUrl(email: string, role = 'editor'): Promise<URL> {
  const response = await sendInvitation(administrator, email, role);
  expect(response.status).toBe(201);
  return new URL(inviteResponse.parse(await response.json()).url);
}

function accept(secret: string, email: string) {
  const body = { secret, name: 'Bob', email, password: 'correct horse battery' };
  return setup(makeRequest('/api/setup', { method: 'POST', body }));
}

function actions() {
  return getDb().auditEntry.findMany({
    where: { accountId: ours.accountId, objectKind: 'member' },
    orderBy: { id: 'asc' },
    select: { action: true, actorId: true, before: true, after: true },
  });
}

test('an invitation makes a colleague with the role it names', async () => {
  const url = await invitationUrl('bob@example.com');
  expect(url.origin + url.pathname).toBe(`${testOrigin}/setup`);
  const secret = url.searchParams.get('secret') ?? '';
  expect(await readInvitation(secret)).toEqual({ email: 'bob@example.com', role: 'editor' });

  expect(await (await accept(secret, 'eve@example.com')).json()).toMatchObject({
    code: 'invalid-fields',
    fields: { email: 'This invitation is for bob@example.com.' },
  });
  const accepted = await accept(secret, 'Bob@Example.com');
  expect(accepted.status).toBe(201);
  const bob = (await accepted.json()) as { id: string };
  expect((await accept(secret, 'bob@example.com')).status).toBe(410);
  expect(await actions()).toMatchObject([
    { action: 'member.invited', actorId: administrator.userId },
    { action: 'member.joined', actorId: bob.id, after: { role: 'editor' } },
  ]);
});

test('a new invitation for the same address ends the old one, and a week ends each', async () => {
  const first = (await invitationUrl('carol@example.com')).searchParams.get('secret') ?? '';
  const second = (await invitationUrl('carol@example.com')).searchParams.get('secret') ?? '';
  expect(await readInvitation(first)).toBeNull();
  expect(await readInvitation(second)).not.toBeNull();
  await getDb().invitation.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
  expect((await accept(second, 'carol@example.com')).status).toBe(410);
});

test('who is a member already is not invited', async () => {
  const { email } = await getDb().user.findUniqueOrThrow({ where: { id: administrator.userId } });
  const response = await sendInvitation(administrator, email.toUpperCase());
  expect(await response.json()).toMatchObject({
    code: 'conflict',
    fields: { email: 'There is already a user with this email address.' },
  });
});

test('a changed role counts at once', async () => {
  const member = await signInAs(ours.accountId, 'viewer');
  expect((await sendInvitation(member, 'dan@example.com')).status).toBe(403);
  const changed = await sendRole(administrator, member.userId, 'administrator');
  expect(await changed.json()).toMatchObject({ id: member.userId, role: 'administrator' });
  expect((await sendInvitation(member, 'dan@example.com')).status).toBe(201);
  expect((await actions())[0]).toMatchObject({
    action: 'member.role-changed',
    before: { role: 'viewer' },
    after: { role: 'administrator' },
  });
});

test('a removed member is out at once, sessions and tokens included', async () => {
  const member = await signInAs(ours.accountId, 'editor');
  expect((await session(makeRequest('/api/session', { headers: member.headers }))).status).toBe(
    200,
  );
  expect((await sendRemoval(administrator, member.userId)).status).toBe(204);
  expect((await session(makeRequest('/api/session', { headers: member.headers }))).status).toBe(
    401,
  );
  expect(await getDb().login.count({ where: { userId: member.userId } })).toBe(0);
});

test('one administrator always stays', async () => {
  await removeMember(ours.administrator, ours.administrator.userId);
  const { userId } = administrator;
  for (const response of [
    await sendRole(administrator, userId, 'editor'),
    await sendRemoval(administrator, userId),
  ]) {
    expect(response.status).toBe(409);
  }
});

test('two administrators cannot remove each other at the same moment', async () => {
  await removeMember(ours.administrator, administrator.userId);
  const other = await createTestUser(ours.accountId, 'administrator');
  const first = ours.administrator;
  const results = await Promise.allSettled([
    removeMember(first, other.userId),
    changeMemberRole(other, first.userId, 'viewer'),
  ]);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const left = { accountId: ours.accountId, role: 'administrator' };
  expect(await getDb().user.count({ where: left })).toBe(1);
});

test('only administrators change people; everybody sees who is there', async () => {
  for (const role of ['editor', 'viewer'] as const) {
    const member = await signInAs(ours.accountId, role);
    expect((await sendInvitation(member, 'bob@example.com')).status).toBe(403);
    expect((await sendRole(member, member.userId, 'administrator')).status).toBe(403);
    expect((await sendRemoval(member, administrator.userId)).status).toBe(403);
    const response = await list(makeRequest('/api/members', { headers: member.headers }));
    const members = (await response.json()) as { id: string }[];
    expect(members.map(({ id }) => id)).toContain(administrator.userId);
  }
});

test('another account’s people do not exist', async () => {
  const theirs = await createTestAccount('Theirs');
  const stranger = await signInAs(theirs.accountId, 'administrator');
  expect((await sendRole(stranger, administrator.userId, 'viewer')).status).toBe(404);
  expect((await sendRemoval(stranger, administrator.userId)).status).toBe(404);
  const response = await list(makeRequest('/api/members', { headers: stranger.headers }));
  const members = (await response.json()) as { id: string }[];
  expect(members.map(({ id }) => id)).not.toContain(administrator.userId);
});
