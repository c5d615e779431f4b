import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getDb } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { tokenHeadersFor } from '#lib/testing/requests.ts';
import { createTestAccount } from '#lib/testing/test-account.ts';
import { useTestNode } from '#lib/testing/test-node.ts';
import { createTestTable } from '#lib/testing/test-table.ts';

useTestDatabase();
const node = useTestNode({ hasWorker: false });

/** Another process's session: nothing in this one learns of what it does but by the database. */
let elsewhere: pg.Client;
let headers: Readonly<Record<string, string>>;
let address: string;
let ids: Record<'table' | 'attribute' | 'token' | 'otherService', number> & {
  readonly user: string;
};

beforeAll(async () => {
  const { accountId, serviceId, editor } = await createTestAccount();
  const table = await createTestTable(editor);
  headers = await tokenHeadersFor(accountId, 'editor');
  const token = await getDb().apiToken.findFirstOrThrow({ orderBy: { id: 'desc' } });
  const other = await getDb().service.create({ data: { accountId, name: 'Other' } });
  const attribute = table.attributes.find(({ name }) => name === 'string')?.id ?? 0;
  ids = { table: table.id, attribute, token: token.id, otherService: other.id, user: token.userId };
  address = `${node.profileUrl()}/api/customer_profile/${serviceId}/${table.id}/c1`;
  elsewhere = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
  await elsewhere.connect();
  expect(await write()).toBe(201);
});

afterAll(() => elsewhere.end());

const read = async () => (await fetch(address, { headers })).status;

let value = 0;

/** A value that is not stored yet. */
async function write(): Promise<number> {
  value += 1;
  const response = await fetch(address, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ data: { string: `value ${value}` } }),
  });
  return response.status;
}

test.each([
  {
    change: 'a revoked token',
    on: () => `UPDATE "ApiToken" SET "revokedAt" = now() WHERE id = ${ids.token}`,
    off: () => `UPDATE "ApiToken" SET "revokedAt" = NULL WHERE id = ${ids.token}`,
    statuses: [403, 403],
  },
  {
    change: 'a token that has expired',
    on: () => `UPDATE "ApiToken" SET "expiresAt" = now() WHERE id = ${ids.token}`,
    off: () => `UPDATE "ApiToken" SET "expiresAt" = NULL WHERE id = ${ids.token}`,
    statuses: [403, 403],
  },
  {
    change: 'a scope less',
    on: () => `UPDATE "ApiToken" SET scopes = '{read-profiles}' WHERE id = ${ids.token}`,
    off: () =>
      `UPDATE "ApiToken" SET scopes = '{read-profiles,write-profiles}' WHERE id = ${ids.token}`,
    statuses: [200, 403],
  },
  {
    change: 'a token confined to another service',
    on: () => `UPDATE "ApiToken" SET "serviceId" = ${ids.otherService} WHERE id = ${ids.token}`,
    off: () => `UPDATE "ApiToken" SET "serviceId" = NULL WHERE id = ${ids.token}`,
    statuses: [404, 404],
  },
  {
    change: 'a person of another role',
    on: () => `UPDATE "User" SET role = 'viewer' WHERE id = '${ids.user}'`,
    off: () => `UPDATE "User" SET role = 'editor' WHERE id = '${ids.user}'`,
    statuses: [200, 403],
  },
  {
    change: 'an archived table',
    on: () => `UPDATE "Table" SET archived = true WHERE id = ${ids.table}`,
    off: () => `UPDATE "Table" SET archived = false WHERE id = ${ids.table}`,
    statuses: [200, 400],
  },
  {
    change: 'an archived attribute',
    on: () => `UPDATE "Attribute" SET "archivedAt" = now() WHERE id = ${ids.attribute}`,
    off: () => `UPDATE "Attribute" SET "archivedAt" = NULL WHERE id = ${ids.attribute}`,
    statuses: [200, 400],
  },
])(
  '$change counts from the next request on, and so does its end',
  async ({ on, off, statuses }) => {
    for (let time = 0; time < 3; time++) {
      expect([await read(), await write()]).toEqual([200, 201]);
      await elsewhere.query(on());
      expect([await read(), await write()]).toEqual(statuses);
      await elsewhere.query(off());
    }
    expect([await read(), await write()]).toEqual([200, 201]);
  },
);

test('no write that begins after the token is revoked is carried out, however busy it is', async () => {
  let isRevoked = false;
  const early: number[] = [];
  const late: number[] = [];
  const busy = Array.from({ length: 8 }, async () => {
    for (let after = 0; after < 5;) {
      const isLate = isRevoked;
      const status = await write();
      (isLate ? late : early).push(status);
      if (isLate) after += 1;
    }
  });
  await expect.poll(() => early.length).toBeGreaterThan(50);
  await elsewhere.query(`UPDATE "ApiToken" SET "revokedAt" = now() WHERE id = ${ids.token}`);
  isRevoked = true;
  await Promise.all(busy);
  await elsewhere.query(`UPDATE "ApiToken" SET "revokedAt" = NULL WHERE id = ${ids.token}`);
  expect(new Set(late)).toEqual(new Set([403]));
});

test('what does not concern a request leaves what is remembered alone', async () => {
  const version = async () =>
    (await elsewhere.query<{ version: string }>('SELECT version FROM "FactsVersion"')).rows[0];
  const before = await version();
  await elsewhere.query(`UPDATE "ApiToken" SET "lastUsedAt" = now() WHERE id = ${ids.token}`);
  await elsewhere.query(
    `UPDATE "Table" SET "nextUploadSequence" = 7, "updatedAt" = now() WHERE id = ${ids.table}`,
  );
  expect(await version()).toEqual(before);
  await elsewhere.query('UPDATE "Attribute" SET name = name');
  expect(Number((await version())?.version)).toBe(Number(before?.version) + 1);
});

test('a deleted table is not there any more, and its rows neither', async () => {
  expect([await read(), await write()]).toEqual([200, 201]);
  await elsewhere.query(`DROP TABLE profiles.t_${ids.table}`);
  await elsewhere.query(`DELETE FROM "Table" WHERE id = ${ids.table}`);
  expect([await read(), await write()]).toEqual([404, 404]);
});
