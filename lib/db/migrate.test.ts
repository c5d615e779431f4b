import { expect, test } from 'vitest';
import { useTestDatabase } from '#lib/testing/database.ts';
import { getDb } from './client.ts';
import { migrate } from './migrate.ts';
import { getPool } from './pool.ts';

useTestDatabase();

test('several nodes may migrate at once, and again', async () => {
  const url = process.env['DATABASE_URL'] ?? '';
  await getPool().query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  await Promise.all([migrate(url), migrate(url), migrate(url)]);
  await migrate(url);
  const account = await getDb().account.create({ data: { name: 'Example' } });
  expect(account.id).toBe(1);
});

test('a database of a newer version is refused', async () => {
  await getPool().query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
     VALUES ('x', 'x', '99990101000000_later', now())`,
  );
  await expect(migrate(process.env['DATABASE_URL'] ?? '')).rejects.toThrow(/newer OpenDCP/);
});
