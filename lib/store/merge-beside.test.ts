import { beforeAll, expect, test } from 'vitest';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { eventually } from '#lib/testing/eventually.ts';
import { partitionName, stagingName, tableName } from './names.ts';
import { passesFor, passOf } from './passes.ts';
import { prepareStore } from './prepare.ts';
import { countRows } from './row-counts.ts';
import { sampleChanges } from './sample-changes.ts';
import { attributeColumns } from './staging-writer.ts';
import { createTestTable, readValues, type TestTable } from './testing/fixtures.ts';
import { isWaitedFor } from './testing/is-waited-for.ts';
import {
  claim,
  columnId,
  columnsFor,
  merge,
  record,
  stage,
  type Row,
  type SetOptions,
} from './testing/merging.ts';
import { inTransaction } from './transaction.ts';
import { claimUpload } from './upload-claim.ts';
import { finishUpload, settleUpload } from './upload-ledger.ts';
import { writeProfile } from './write-profile.ts';

useTestDatabase();

beforeAll(() => prepareStore(getPool()));

test('single writes during a merge lose nothing and are lost by nothing', async () => {
  const table = await createTestTable();
  const claimed = await claim(table);
  const columns = columnsFor(table, ['long']);
  const customers = Array.from({ length: 3_000 }, (_, index) => `c${index}`);
  await stage({
    claimed,
    batch: 0,
    columns,
    rows: customers.map((id, index) => [id, String(index)] as const),
  });
  const text = table.columns.find(({ type }) => type === 'string');
  if (!text) throw new Error('There is no text column.');
  // Backwards, so that the writers meet the merge (which goes up) in the middle.
  const queue = [...customers];
  const write = async () => {
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      const values = [{ ...text, value: id }];
      await writeProfile(getPool(), { tableId: table.tableId, customerId: id, values });
    }
  };
  const writers = Promise.all([write(), write(), write(), write()]);
  await merge({ claimed, batch: 0, columns, emptyCells: 'keep' });
  await record(claimed, customers.length);
  await writers;
  const { rows } = await getPool().query<{ complete: string }>(
    `SELECT count(*) AS complete FROM profiles.t_${table.tableId}
     WHERE customer_id = 'c' || a_${columnId(table, 'long')}
       AND customer_id = a_${text.attributeId}`,
  );
  expect(rows[0]?.complete).toBe('3000');
  expect((await countRows(getPool(), [table.tableId])).get(table.tableId)).toBe(3_000);
});

test('a row that another writer creates during the merge is merged, not lost', async () => {
  const table = await createTestTable();
  const claimed = await claim(table);
  const columns = columnsFor(table, ['long']);
  await stage({ claimed, batch: 0, columns, rows: [['c1', '1']] });
  const writer = await getPool().connect();
  await writer.query('BEGIN');
  await writer.query(
    `INSERT INTO profiles.t_${table.tableId} (customer_id, updated_at, a_${columnId(table, 'string')})
     VALUES ('c1', now(), 'theirs')`,
  );
  const merged = merge({ claimed, batch: 0, columns, emptyCells: 'keep' });
  await eventually(() => isWaitedFor(writer)).toBe(true);
  await writer.query('COMMIT');
  writer.release();
  await merged;
  await record(claimed, 1);
  expect(await readValues(table, 'c1')).toEqual({ long: '1', string: 'theirs' });
  const upload = await getDb().upload.findUniqueOrThrow({ where: { id: claimed.uploadId } });
  expect([upload.rowsCreated, upload.rowsChanged]).toEqual([0n, 1n]);
});

/** A merge of one partition whose every customer changes, which waits at the last of them for `holder`. */
async function holdLastSlice() {
  const table = await createTestTable();
  const columns = columnsFor(table, ['long']);
  // So many that they fill the 16 pages that PostgreSQL adds: the last slice has rows.
  const customers = await customersOfPartition(table, 2_080);
  const rowsOf = (value: string) => customers.map((id): Row => [id, value]);
  const first = await claim(table);
  await stage({ claimed: first, batch: 0, columns, rows: rowsOf('1') });
  await merge({ claimed: first, batch: 0, columns, emptyCells: 'keep' }, [0]);
  await finishUpload(getPool(), first, { state: 'completed' });

  const claimed = await claim(table);
  await stage({ claimed, batch: 0, columns, rows: rowsOf('2') });
  const [early, late] = await firstAndLast(table, { claimed, columns });
  const holder = await getPool().connect();
  await holder.query('BEGIN');
  await holder.query(
    `UPDATE profiles.t_${table.tableId} SET updated_at = now() WHERE customer_id = $1`,
    [late],
  );
  const merged = merge({ claimed, batch: 0, columns, emptyCells: 'keep' }, [0]);
  await eventually(() => isWaitedFor(holder)).toBe(true);
  return { table, claimed, columns, customers, early, late, merged, holder };
}

/** Of the customers that a merge of partition 0 changes. */
async function firstAndLast(
  { tableId }: TestTable,
  { claimed, columns }: Pick<SetOptions, 'claimed' | 'columns'>,
): Promise<readonly [string, string]> {
  const into = partitionName(tableName(tableId), 0);
  return inTransaction(getPool(), async (connection) => {
    const changes = await sampleChanges(connection, {
      from: partitionName(stagingName(claimed.uploadId, 0), 0),
      into,
      columns: attributeColumns(columns),
      emptyCells: 'keep',
    });
    const { rows } = await connection.query<{ id: string }>(
      `SELECT customer_id AS id FROM ${into} ORDER BY ${passOf('ctid', passesFor(changes))}, ctid`,
    );
    return [rows[0]?.id ?? '', rows.at(-1)?.id ?? ''];
  });
}

test('a write of a customer waits for its slice, never for all of its partition', async () => {
  const { table, early, late, merged, holder } = await holdLastSlice();
  const text = table.columns.find(({ type }) => type === 'string');
  if (!text) throw new Error('A column is missing.');
  const values = [{ ...text, value: 'written meanwhile' }];
  await writeProfile(getPool(), { tableId: table.tableId, customerId: early, values });
  expect(await readValues(table, early)).toEqual({ long: '2', string: 'written meanwhile' });
  expect(await readValues(table, late)).toEqual({ long: '1' });
  await holder.query('COMMIT');
  holder.release();
  await merged;
  expect(await readValues(table, late)).toEqual({ long: '2' });
});

test('a cancel that counts rows while the last of them are merged counts none twice', async () => {
  const { claimed, customers, merged, holder } = await holdLastSlice();
  const { uploadId } = claimed;
  await getDb().upload.update({ where: { id: uploadId }, data: { state: 'cancelled' } });
  await settleUpload(getPool(), uploadId);
  const before = await getDb().upload.findUniqueOrThrow({ where: { id: uploadId } });
  expect(before.rowsRead).toBeGreaterThan(0n);
  await holder.query('COMMIT');
  holder.release();
  await merged;
  await settleUpload(getPool(), uploadId);
  const { rowsRead, rowsAccepted, rowsChanged } = await getDb().upload.findUniqueOrThrow({
    where: { id: uploadId },
  });
  const all = BigInt(customers.length);
  expect([rowsRead, rowsAccepted, rowsChanged]).toEqual([all, all, all]);
});

async function customersOfPartition({ tableId }: TestTable, count: number): Promise<string[]> {
  const { rows } = await getPool().query<{ id: string }>(
    `SELECT id FROM (SELECT 'c' || number AS id FROM generate_series(1, $1::int * 20) AS number) AS made
     WHERE satisfies_hash_partition($2::regclass, 8, 0, id COLLATE "C")
     LIMIT $1`,
    [count, `profiles.t_${tableId}`],
  );
  return rows.map(({ id }) => id);
}

test('a merge that was cut off goes on where it was, and what others changed behind it stays', async () => {
  const { table, claimed, columns, customers, early, late, merged, holder } = await holdLastSlice();
  const cutOff = expect(merged).rejects.toThrow();
  await holder.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))`,
  );
  await cutOff;
  await holder.query('ROLLBACK');
  holder.release();
  const values = [{ attributeId: columnId(table, 'long'), type: 'long' as const, value: '7' }];
  await writeProfile(getPool(), { tableId: table.tableId, customerId: early, values });

  const taken = await claimUpload(getPool(), claimed);
  if (!taken) throw new Error('The upload is not open.');
  const again = { claimed: taken, batch: 0, columns };
  await stage({ ...again, rows: customers.map((id): Row => [id, '2']) });
  await merge({ ...again, emptyCells: 'keep' });
  await record(taken, customers.length);
  expect(await readValues(table, early)).toEqual({ long: '7' });
  expect(await readValues(table, late)).toEqual({ long: '2' });
  const { rowsRead, rowsChanged } = await getDb().upload.findUniqueOrThrow({
    where: { id: taken.uploadId },
  });
  const all = BigInt(customers.length);
  expect([rowsRead, rowsChanged]).toEqual([all, all]);
});
