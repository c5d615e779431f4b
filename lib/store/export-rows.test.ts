import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getPool } from '#lib/db/pool.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { exportRows } from './export-rows.ts';
import { tableName } from './names.ts';
import { dropTable, ensureTable } from './physical-tables.ts';
import { prepareStore } from './prepare.ts';

useTestDatabase();

const tableId = 1;
let pool: pg.Pool;

beforeAll(async () => {
  await prepareStore(getPool());
  await ensureTable(getPool(), tableId, []);
  // More than what is buffered between PostgreSQL and a reader.
  await getPool().query(
    `INSERT INTO ${tableName(tableId)} (customer_id, updated_at)
     SELECT repeat('x', 500) || number, now() FROM generate_series(1, 40000) AS number`,
  );
  pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 1 });
});

afterAll(() => pool.end());

const format = 'csv';

async function countBytes(rows: AsyncIterable<Buffer>): Promise<number> {
  let bytes = 0;
  for await (const chunk of rows) bytes += chunk.length;
  return bytes;
}

async function countLocks(): Promise<number> {
  const { rows } = await getPool().query(
    `SELECT 1 FROM pg_locks WHERE relation = to_regclass('${tableName(tableId)}')
       AND pid <> pg_backend_pid()`,
  );
  return rows.length;
}

test('a reader who does not read on lets go of the session and of the table', async () => {
  const stalled = exportRows(pool, { tableId, columns: [], format, patienceMs: 50 });
  expect((await stalled.next()).done).toBe(false);
  expect(await countLocks()).toBeGreaterThan(0);
  // The pool has one session.
  expect(await countBytes(exportRows(pool, { tableId, columns: [], format }))).toBeGreaterThan(2e7);
  await expect.poll(countLocks).toBe(0);
  await expect(stalled.next()).rejects.toThrow('did not read on');
  expect(pool.totalCount).toBe(1);
  await dropTable(getPool(), tableId);
});
