import { beforeAll, expect, test } from 'vitest';
import { readConfig } from '#lib/config/config.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { handleAuthRequest } from '#lib/http/auth-route.ts';
import { clientAddressHeader } from '#lib/services/auth/client-address.ts';
import { bootstrap } from '#lib/services/bootstrap.ts';
import { prepareStore } from '#lib/store/prepare.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { cookieOf, makeRequest, testOrigin } from '#lib/testing/requests.ts';
import { GET as health } from '../health/route.ts';
import { GET as session } from '../session/route.ts';
import { POST as setup } from '../setup/route.ts';

process.env['MASTER_KEY'] = 'the master key of the tests';
process.env['LOG_LEVEL'] = 'silent';
useTestDatabase();

const ada = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' };
const origin = { origin: testOrigin };
let secret: string;

beforeAll(async () => {
  expect((await health(makeRequest('/api/health'))).status).toBe(503);
  await prepareStore(getPool());
  const masterKey = 'the master key of the tests';
  const config = { ...readConfig({ NODE_ENV: 'test' }), databaseUrl: '', masterKey };
  secret = (await bootstrap({ config })).setupSecret ?? '';
});

interface Attempt {
  readonly email?: string;
  readonly password?: string;
  readonly address?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function signIn({ email, password, address = '10.0.0.1', headers = origin }: Attempt = {}) {
  return handleAuthRequest(
    makeRequest('/api/auth/sign-in/email', {
      method: 'POST',
      body: { email: email ?? ada.email, password: password ?? ada.password },
      headers: { ...headers, [clientAddressHeader]: address },
    }),
  );
}

function signOut(headers: Readonly<Record<string, string>>) {
  return handleAuthRequest(
    makeRequest('/api/auth/sign-out', { method: 'POST', body: {}, headers }),
  );
}

function setUp(body: unknown) {
  return setup(makeRequest('/api/setup', { method: 'POST', body, headers: origin }));
}

function whoami(cookie: string) {
  return session(makeRequest('/api/session', { headers: { cookie } }));
}

test('the first administrator comes through the link, signs in and out', async () => {
  const created = await setUp({ ...ada, secret });
  expect(created.status).toBe(201);
  expect(await created.json()).toMatchObject({ email: 'ada@example.com', role: 'administrator' });

  const signedIn = await signIn({ email: 'ADA@example.com' });
  expect(signedIn.status).toBe(200);
  const cookie = cookieOf(signedIn);
  const me = await whoami(cookie);
  expect(me.status).toBe(200);
  expect(await me.json()).toMatchObject({
    name: 'Ada',
    email: 'ada@example.com',
    role: 'administrator',
  });

  expect((await signOut({ cookie, ...origin })).status).toBe(200);
  expect((await whoami(cookie)).status).toBe(401);
});

test('the set-up link works once', async () => {
  const again = await setUp({ ...ada, email: 'eve@example.com', secret });
  expect(again.status).toBe(410);
  expect(await again.json()).toMatchObject({ code: 'invitation-invalid' });
  expect((await setUp({ ...ada, email: 'eve@example.com', secret: 'guess' })).status).toBe(410);
  expect(await getDb().user.count()).toBe(1);
});

test('set-up names the fields at fault', async () => {
  const response = await setUp({ name: ' ', email: 'x', password: 'short', secret: 'guess' });
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({
    code: 'invalid-fields',
    fields: {
      name: 'Enter your name.',
      email: 'Enter an email address, like ada@example.com.',
      password: 'Use at least 12 characters.',
    },
  });
});

test('the session cookie is out of reach of scripts and other sites', async () => {
  const response = await signIn({ address: '10.0.0.2' });
  const [cookie = ''] = response.headers.getSetCookie();
  expect(cookie).toMatch(/^opendcp\.session_token=/);
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
  expect(cookie).toMatch(/Path=\/(;|$)/i);
});

test('a wrong password and an unknown address look the same', async () => {
  const wrong = await signIn({ password: 'wrong', address: '10.0.0.3' });
  const unknown = await signIn({ email: 'eve@example.com', address: '10.0.0.3' });
  for (const response of [wrong, unknown]) {
    expect(response.status).toBe(401);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await response.json()).toMatchObject({
      code: 'invalid-credentials',
      message: 'The email address or the password is not right.',
    });
  }
});

test('too many attempts from one address wait, others do not', async () => {
  for (let attempt = 0; attempt < 10; attempt++) {
    expect((await signIn({ password: 'wrong', address: '10.0.0.4' })).status).toBe(401);
  }
  const limited = await signIn({ address: '10.0.0.4' });
  expect(limited.status).toBe(429);
  expect(limited.headers.get('retry-after')).toBe('60');
  expect(await limited.json()).toMatchObject({ code: 'rate-limited' });
  expect((await signIn({ address: '10.0.0.5' })).status).toBe(200);
  // Kept in the database, so that it holds across processes and restarts.
  expect(await getDb().rateLimit.count({ where: { key: { startsWith: '10.0.0.4' } } })).toBe(1);
  // Once the window is over the door is open again.
  await getDb().rateLimit.updateMany({ data: { lastRequest: Date.now() - 61_000 } });
  expect((await signIn({ address: '10.0.0.4' })).status).toBe(200);
});

test('parallel attempts cannot slip under the limit', async () => {
  const attempts = await Promise.all(
    Array.from({ length: 25 }, () => signIn({ password: 'wrong', address: '10.0.0.6' })),
  );
  expect(attempts.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(10);
});

test('other sites can neither sign people in nor out', async () => {
  const evil = { origin: 'http://evil.test' };
  expect((await signIn({ address: '10.0.0.7', headers: evil })).status).toBe(403);
  const cookie = cookieOf(await signIn({ address: '10.0.0.7' }));
  expect((await signOut({ cookie, ...evil })).status).toBe(403);
  expect((await signOut({ cookie })).status).toBe(403);
  expect((await whoami(cookie)).status).toBe(200);
});

test('a changed cookie is no session', async () => {
  const cookie = cookieOf(await signIn({ address: '10.0.0.8' }));
  const [name = '', value = ''] = cookie.split('=');
  expect(
    (await whoami(`${name}=${value.startsWith('a') ? 'b' : 'a'}${value.slice(1)}`)).status,
  ).toBe(401);
  const row = await getDb().session.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
  expect((await whoami(`${name}=${row.token}`)).status).toBe(401);
});

test('a session ends when its time is over, and is prolonged while it is used', async () => {
  const cookie = cookieOf(await signIn({ address: '10.0.0.9' }));
  const { id } = await getDb().session.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
  const inTwoDays = new Date(Date.now() + 2 * 86_400_000);
  await getDb().session.update({ where: { id }, data: { expiresAt: inTwoDays } });
  const prolonged = await whoami(cookie);
  expect(cookieOf(prolonged)).toContain('opendcp.session_token=');
  const { expiresAt } = await getDb().session.findUniqueOrThrow({ where: { id } });
  expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + 6 * 86_400_000);

  await getDb().session.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });
  expect((await whoami(cookie)).status).toBe(401);
});

test('nothing else of better-auth is open', async () => {
  const closed = [
    ['POST', 'sign-up/email'],
    ['POST', 'sign-in/social'],
    ['POST', 'update-user'],
    ['POST', 'delete-user'],
    ['POST', 'change-email'],
    ['POST', 'request-password-reset'],
    ['GET', 'list-sessions'],
    ['GET', 'sign-out'],
    ['GET', 'error'],
  ] as const;
  const cookie = cookieOf(await signIn({ address: '10.0.0.10' }));
  for (const [method, path] of closed) {
    const body =
      method === 'POST' ? { email: 'eve@example.com', password: 'x', name: 'x' } : undefined;
    const headers = { ...origin, cookie };
    const request = makeRequest(`/api/auth/${path}`, { method, body, headers });
    expect((await handleAuthRequest(request)).status).toBe(404);
  }
  expect(await getDb().user.count()).toBe(1);
});

test('the role cannot be sent along', async () => {
  const invitation = await getDb().invitation.create({
    data: { accountId: 1, role: 'viewer', secretHash: await sha256('colleague') },
  });
  const response = await setUp({
    ...ada,
    email: 'bob@example.com',
    secret: 'colleague',
    role: 'administrator',
    accountId: invitation.accountId + 1,
  });
  expect(await response.json()).toMatchObject({ role: 'viewer' });
});

test('health answers once there is an account', async () => {
  const response = await health(makeRequest('/api/health'));
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'ok' });
});

async function sha256(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('hex');
}
