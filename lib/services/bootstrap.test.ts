import { beforeEach, expect, test } from 'vitest';
import { readConfig } from '#lib/config/config.ts';
import type { RoleConfig } from '#lib/config/role-config.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { listTableIds } from '#lib/store/list-tables.ts';
import { prepareStore } from '#lib/store/prepare.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { acceptInvitation, readInvitation } from './auth/invitations.ts';
import { bootstrap } from './bootstrap.ts';
import { authenticateToken } from './tokens/authenticate-token.ts';

process.env['MASTER_KEY'] = 'the master key of the tests';
useTestDatabase();

const ada = { name: 'Ada', email: 'Ada@Example.com', password: 'correct horse battery' };
const adminToken = 'abcdefghijklmnopqrstuvwxyz:123456';

beforeEach(async () => {
  await prepareStore(getPool());
  await getPool().query(
    'TRUNCATE "Account", "Setting", "Invitation", "User", "Service", "Table" CASCADE',
  );
});

function settings(environment: Record<string, string> = {}): RoleConfig {
  const config = readConfig({ NODE_ENV: 'test', ...environment });
  return { ...config, databaseUrl: 'unused', masterKey: 'the master key of the tests' };
}

function start(environment: Record<string, string> = {}) {
  return bootstrap({ config: settings(environment) });
}

function everything() {
  return Promise.all([
    getDb().account.count(),
    getDb().service.count(),
    getDb().project.count(),
    getDb().table.count(),
    getDb().credential.count(),
    getDb().auditEntry.count(),
  ]);
}

test('makes the default project, the default service and its built-in table', async () => {
  await start();
  const service = await getDb().service.findFirstOrThrow({ include: { tables: true } });
  expect(service.tables).toMatchObject([
    { name: 'Optimizely', isOptimizely: true, keyKind: 'uid', keyName: null, archived: false },
  ]);
  expect(await listTableIds(getPool())).toContain(service.tables[0]?.id);
  expect(await getDb().project.findMany()).toMatchObject([{ serviceId: service.id }]);
  expect(await getDb().account.findMany()).toMatchObject([{ name: 'OpenDCP' }]);
});

test('again and at once changes nothing more', async () => {
  await start();
  const before = await everything();
  await Promise.all([start(), start(), start()]);
  expect(await everything()).toEqual(before);
});

test('without ADMIN_EMAIL a one-time link creates the administrator, once', async () => {
  const { setupSecret } = await start();
  const secret = setupSecret ?? '';
  expect(secret.length).toBeGreaterThan(40);
  expect(await readInvitation(secret)).toEqual({ email: null, role: 'administrator' });
  expect(JSON.stringify(await getDb().invitation.findMany())).not.toContain(secret);

  const user = await acceptInvitation({ ...ada, secret });
  expect(user).toMatchObject({ name: 'Ada', email: 'ada@example.com', role: 'administrator' });
  expect(await readInvitation(secret)).toBeNull();
  await expect(
    acceptInvitation({ ...ada, email: 'eve@example.com', secret }),
  ).rejects.toMatchObject({ code: 'invitation-invalid', status: 410 });
  expect(await start()).toEqual({ setupSecret: null });
});

test('of two who use the link at once, one comes in', async () => {
  const { setupSecret } = await start();
  const attempts = ['one@example.com', 'two@example.com', 'three@example.com'].map((email) =>
    acceptInvitation({ ...ada, email, secret: setupSecret ?? '' }),
  );
  const results = await Promise.allSettled(attempts);
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  expect(await getDb().user.count()).toBe(1);
});

test('each start makes a new link and ends the old one', async () => {
  const first = await start();
  const second = await start();
  expect(await readInvitation(first.setupSecret ?? '')).toBeNull();
  expect(await readInvitation(second.setupSecret ?? '')).not.toBeNull();
});

test('a link printed before ADMIN_EMAIL was set is of no use after it', async () => {
  const { setupSecret } = await start();
  await start({ ADMIN_EMAIL: 'ada@example.com', ADMIN_PASSWORD: 'hunter22' });
  expect(await readInvitation(setupSecret ?? '')).toBeNull();
});

test('ADMIN_EMAIL and ADMIN_PASSWORD create the first administrator only', async () => {
  const admin = { ADMIN_EMAIL: 'Ada@Example.com', ADMIN_PASSWORD: 'hunter22' };
  expect(await start(admin)).toEqual({ setupSecret: null });
  expect(await start({ ...admin, ADMIN_EMAIL: 'eve@example.com' })).toEqual({ setupSecret: null });
  expect(await getDb().user.findMany()).toMatchObject([
    { email: 'ada@example.com', role: 'administrator' },
  ]);
});

test.each([
  [{ ADMIN_EMAIL: 'ada@example.com' }, /^ADMIN_EMAIL is set without ADMIN_PASSWORD\.$/],
  [
    { ADMIN_EMAIL: 'ada', ADMIN_PASSWORD: 'short' },
    /^ADMIN_EMAIL is not an email address, and ADMIN_PASSWORD has fewer than 8 characters\.$/,
  ],
  [{ ADMIN_TOKEN: adminToken }, /^ADMIN_TOKEN needs an administrator to belong to/],
  [{ ADMIN_TOKEN: 'has a blank' }, /^ADMIN_TOKEN must be/],
])('%o is refused in one sentence and leaves nothing', async (environment, message) => {
  await expect(start(environment)).rejects.toThrow(message);
  expect(await everything()).toEqual([0, 0, 0, 0, 0, 0]);
});

test('ADMIN_TOKEN speaks for the administrator, however often it is registered', async () => {
  const environment = {
    ADMIN_EMAIL: 'ada@example.com',
    ADMIN_PASSWORD: 'hunter22',
    ADMIN_TOKEN: adminToken,
  };
  await start(environment);
  await start(environment);
  expect(await useToken()).toMatchObject({
    kind: 'token',
    role: 'administrator',
    name: 'ADMIN_TOKEN',
  });
  expect(await getDb().apiToken.count()).toBe(1);
  expect(JSON.stringify(await getDb().apiToken.findMany())).not.toContain(adminToken);
});

test('ADMIN_TOKEN can come after the administrator, and stays revoked once it was', async () => {
  const { setupSecret } = await start();
  const user = await acceptInvitation({ ...ada, secret: setupSecret ?? '' });
  await start({ ADMIN_TOKEN: adminToken });
  expect(await useToken()).toMatchObject({ userId: user.id });
  await getDb().apiToken.updateMany({ data: { revokedAt: new Date() } });
  await start({ ADMIN_TOKEN: adminToken });
  await expect(useToken()).rejects.toThrow(/unknown, expired or revoked/);
});

test('another master key is refused', async () => {
  await start();
  const config = { ...settings(), masterKey: 'another key' };
  await expect(bootstrap({ config })).rejects.toThrow(/^MASTER_KEY is not the key/);
  expect(JSON.stringify(await getDb().setting.findMany())).not.toContain('the master key');
});

function useToken() {
  return authenticateToken({ token: adminToken, hasAuthorization: false });
}
