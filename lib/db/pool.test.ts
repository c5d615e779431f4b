import { beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createPool, getCountPool, getPool } from './pool.ts';

useTestDatabase();

const timeouts = [
  'idle_in_transaction_session_timeout',
  'idle_session_timeout',
  'lock_timeout',
  'statement_timeout',
  'transaction_timeout',
];

// As an administrator sets them for everybody.
beforeAll(async () => {
  const setup = createPool(process.env['DATABASE_URL'] ?? '', { max: 1 });
  for (const name of timeouts) {
    await setup.query(
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET ${name} = 500', current_database()); END $$`,
    );
  }
  await setup.end();
});

test('time limits of the database do not hold for our sessions', async () => {
  const { rows } = await getPool().query<{ name: string; setting: string }>(
    'SELECT name, setting FROM pg_settings WHERE name = ANY($1) ORDER BY name',
    [timeouts],
  );
  expect(rows).toEqual(timeouts.map((name) => ({ name, setting: '0' })));
});

test('a statement, and a transaction that idles, may take longer than they say', async () => {
  const client = await getPool().connect();
  await client.query('BEGIN');
  await client.query('SELECT pg_sleep(0.6)');
  // Another session waits, so that this one idles in its transaction.
  await getPool().query('SELECT pg_sleep(0.6)');
  await client.query('COMMIT');
  client.release();
});

test('pools with a limit keep it, and what they do on connecting', async () => {
  const { rows } = await getCountPool().query<{ statement_timeout: string }>(
    'SHOW statement_timeout',
  );
  expect(rows).toEqual([{ statement_timeout: '2min' }]);
  const pool = createPool(process.env['DATABASE_URL'] ?? '', {
    max: 1,
    onConnect: async (client) => {
      await client.query(`SET application_name = 'named'`);
    },
  });
  const named = await pool.query('SHOW application_name');
  await pool.end();
  expect(named.rows).toEqual([{ application_name: 'named' }]);
});
