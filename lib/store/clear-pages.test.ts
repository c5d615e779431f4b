import { beforeAll, expect, test } from 'vitest';
import { getPool } from '#lib/db/pool.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { clearPages } from './clear-pages.ts';
import { partitionName, tableName } from './names.ts';
import { pageOf } from './pages.ts';
import { prepareStore } from './prepare.ts';
import { createTestTable } from './testing/fixtures.ts';
import { columnId, load, type Row } from './testing/merging.ts';
import { inTransaction } from './transaction.ts';

useTestDatabase();
beforeAll(async () => {
  await prepareStore(getPool());
  await getPool().query('CREATE EXTENSION pageinspect');
});

/** Of the first page, in bytes. */
async function freeRoom(table: string): Promise<number> {
  const { rows } = await getPool().query<{ free: number }>(
    'SELECT upper - lower AS free FROM page_header(get_raw_page($1, 0))',
    [table],
  );
  return rows[0]?.free ?? 0;
}

test('what an earlier pass left dead makes room for the next one', async () => {
  const table = await createTestTable();
  const customers = Array.from({ length: 2_000 }, (_, number): Row => [`c${number}`, '1']);
  await load(table, [customers], { types: ['long'] });
  const into = partitionName(tableName(table.tableId), 0);
  const sorted = 'profiles.s_1_1_p0_sorted';
  await getPool().query(
    `CREATE TABLE ${sorted} AS
     SELECT ctid AS place, hashtid(ctid) & 1 AS pass FROM ${into}
     WHERE ${pageOf('ctid')} = 0 ORDER BY customer_id LIMIT 12`,
  );
  const { rowCount } = await getPool().query(
    `UPDATE ${into} AS stored SET a_${columnId(table, 'long')} = 2 FROM ${sorted} AS incoming
     WHERE stored.ctid = incoming.place AND pass = 0`,
  );
  expect(rowCount).toBeGreaterThan(0);
  const before = await freeRoom(into);
  // Not as long as another transaction that began before is open, of another test perhaps.
  const clear = () =>
    inTransaction(getPool(), (connection) =>
      clearPages(connection, { sorted, pages: { from: 0, to: 1 }, into }),
    );
  await expect
    .poll(() => clear().then(() => freeRoom(into)), { timeout: 25_000, interval: 50 })
    .toBeGreaterThan(before + 40 * (rowCount ?? 0));
});
