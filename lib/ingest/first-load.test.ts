import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { listFirstLoads } from '#lib/store/first-load.ts';
import { tableName } from '#lib/store/names.ts';
import { addAttribute } from '#lib/store/physical-tables.ts';
import { prepareStore } from '#lib/store/prepare.ts';
import { countRows } from '#lib/store/row-counts.ts';
import { createTestTable, readValues, type TestTable } from '#lib/store/testing/fixtures.ts';
import { isWaitedFor } from '#lib/store/testing/is-waited-for.ts';
import { claimUpload } from '#lib/store/upload-claim.ts';
import { writeProfile } from '#lib/store/write-profile.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { runUpload } from './run-upload.ts';
import * as loads from './testing/loads.ts';
import {
  besideSettings,
  carriedOver,
  countsOf,
  holdTable,
  makeFile,
  mergeSettings,
  rowsOf,
  type RunOptions,
} from './testing/loads.ts';
import { uploadFile } from './testing/uploads.ts';

useTestDatabase();

let directory: string;
let blobs: FileBlobStore;

beforeAll(async () => {
  await prepareStore(getPool());
  directory = await mkdtemp(join(tmpdir(), 'opendcp-first-load-'));
  blobs = await FileBlobStore.open({ directory });
});
afterAll(() => rm(directory, { recursive: true }));

const run = (uploadId: number, table: TestTable, options: Partial<RunOptions> = {}) =>
  loads.run(uploadId, table, { blobs, ...options });

async function partitionBoundsOf({ tableId }: TestTable): Promise<string[]> {
  const { rows } = await getPool().query<{ leaf: string }>(
    `SELECT relname || ' ' || pg_get_expr(relpartbound, pg_class.oid) || ' ' ||
       COALESCE(array_to_string(reloptions, ','), '') AS leaf
     FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
     WHERE inhparent = $1::regclass ORDER BY 1`,
    [tableName(tableId)],
  );
  return rows.map(({ leaf }) => leaf.replace(`t_${tableId}_`, ''));
}

describe.each(['keep', 'clear'] as const)('with empty cells that %s values', (emptyCells) => {
  test('a first load gives what merging gives, repeats included', async () => {
    const content = makeFile(4_000, 2_300);
    const merged = await createTestTable({ emptyCells });
    const mergedId = await uploadFile(blobs, merged.tableId, { content });
    await run(mergedId, merged, { settings: mergeSettings });
    const table = await createTestTable({ emptyCells });
    const uploadId = await uploadFile(blobs, table.tableId, { content: gzipSync(content) });
    await run(uploadId, table);
    expect(await rowsOf(table)).toEqual(await rowsOf(merged));
    const [state, read, accepted, rejected] = await countsOf(mergedId);
    const customers = (await rowsOf(table)).length;
    expect(await countsOf(uploadId)).toEqual([state, read, accepted, rejected, customers, 0]);
    expect((await countRows(getPool(), [table.tableId])).get(table.tableId)).toBe(customers);
    expect(await partitionBoundsOf(table)).toEqual(await partitionBoundsOf(merged));
    expect(await listFirstLoads(getPool())).toEqual([]);
  });

  test('rows written meanwhile stay below the file', async () => {
    const table = await createTestTable({ emptyCells });
    const uploadId = await uploadFile(blobs, table.tableId, { content: makeFile(2_000, 2_000) });
    await stopAfter(uploadId, table, 2);
    const value = (type: string, text: string) => {
      const column = table.columns.find((each) => each.type === type);
      if (!column) throw new Error(`There is no ${type}.`);
      return { ...column, value: text };
    };
    const { tableId } = table;
    const write = (customerId: string, ...values: ReturnType<typeof value>[]) =>
      writeProfile(getPool(), { tableId, customerId, values });
    expect(await write('c7919', value('string', 'x'))).toBe('created');
    const known = 'c1919'; // row 1: 7919 modulo 2000
    await write(known, value('long', '5'), value('double', '5'), value('string', 'rest'));
    await run(uploadId, table);
    expect(await readValues(table, 'c7919')).toEqual({ string: 'x' });
    const double = emptyCells === 'keep' ? { double: '5' } : {};
    expect(await readValues(table, known)).toEqual({ long: '1', string: 'rest', ...double });
    const [, , accepted, , created, changed] = await countsOf(uploadId);
    expect([created, changed]).toEqual([Number(accepted) - 1, 1]);
    expect((await countRows(getPool(), [tableId])).get(tableId)).toBe((await rowsOf(table)).length);
  });
});

/** Loads until some batches are recorded. */
const stopAfter = (uploadId: number, table: TestTable, batches: number) =>
  loads.runUntil(uploadId, table, {
    blobs,
    isReached: async () => (await loads.batchOf(uploadId)) >= batches,
  });

test('a table that filled up meanwhile keeps what it was filled with', async () => {
  const table = await createTestTable();
  const { tableId } = table;
  const content = makeFile(6_000, 6_000);
  const uploadId = await uploadFile(blobs, tableId, { content });
  await stopAfter(uploadId, table, 1);
  await getPool().query(
    `INSERT INTO ${tableName(tableId)} (customer_id, updated_at)
     SELECT 'c' || i, now() FROM generate_series(1, 1500) AS i;
     INSERT INTO profiles.row_count_delta VALUES (${tableId}, 1500)`,
  );
  await run(uploadId, table);
  const merged = await createTestTable();
  await run(await uploadFile(blobs, merged.tableId, { content }), merged, {
    settings: mergeSettings,
  });
  const stored = await rowsOf(table);
  expect(stored).toEqual(expect.arrayContaining(await rowsOf(merged)));
  expect((await countRows(getPool(), [tableId])).get(tableId)).toBe(stored.length);
  const [, , accepted, , created, changed] = await countsOf(uploadId);
  expect(Number(created) + Number(changed)).toBe(accepted);
  expect(await listFirstLoads(getPool())).toEqual([]);
});

test('stopped anywhere, it ends as if nothing had happened', async () => {
  const content = makeFile(6_000, 4_100);
  const calm = await createTestTable();
  const calmId = await uploadFile(blobs, calm.tableId, { content });
  await run(calmId, calm);
  const table = await createTestTable();
  const uploadId = await uploadFile(blobs, table.tableId, { content });
  for (const batches of [1, 3, 4, 7]) await stopAfter(uploadId, table, batches);
  await run(uploadId, table);
  expect(await rowsOf(table)).toEqual(await rowsOf(calm));
  expect(await countsOf(uploadId)).toEqual(await countsOf(calmId));
});

test('rows that were kept and not recorded are counted once', async () => {
  const content = makeFile(3_000, 2_000);
  const calm = await createTestTable();
  const calmId = await uploadFile(blobs, calm.tableId, { content });
  await run(calmId, calm);
  const table = await createTestTable();
  const uploadId = await uploadFile(blobs, table.tableId, { content });
  await stopAfter(uploadId, table, 1);
  // As if the last answers had been lost: the first batch again, with everything that was stored of it.
  const { checkpoint } = await getDb().upload.findUniqueOrThrow({ where: { id: uploadId } });
  const start = { ...parseCheckpoint(checkpoint), batch: 0, bytesRead: 0, keptRejects: 0 };
  await getDb().rejectGroup.deleteMany({ where: { uploadId } });
  await getDb().rejectFile.deleteMany({ where: { uploadId } });
  await getDb().upload.update({
    where: { id: uploadId },
    data: {
      rowsRead: 0,
      rowsAccepted: 0,
      rowsRejected: 0,
      checkpoint: { ...start, next: { byteOffset: 'customerId,long,double\n'.length, line: 2 } },
    },
  });
  await run(uploadId, table);
  expect(await rowsOf(table)).toEqual(await rowsOf(calm));
  expect(await countsOf(uploadId)).toEqual(await countsOf(calmId));
});

test('an attribute that is registered meanwhile is part of the new table', async () => {
  const table = await createTestTable();
  const uploadId = await uploadFile(blobs, table.tableId, { content: makeFile(3_000, 3_000) });
  await stopAfter(uploadId, table, 1);
  const added = { attributeId: 999_999, type: 'string' as const };
  await addAttribute(getPool(), table.tableId, added);
  await run(uploadId, table);
  await writeProfile(getPool(), {
    tableId: table.tableId,
    customerId: 'c1',
    values: [{ ...added, value: 'new' }],
  });
  const { rows } = await getPool().query(
    `SELECT collation_name FROM information_schema.columns
     WHERE table_schema = 'profiles' AND table_name = 't_${table.tableId}' AND column_name = 'a_999999'`,
  );
  expect(rows).toEqual([{ collation_name: 'C' }]);
});

test('cancelled, it leaves nothing behind and counts nothing as stored', async () => {
  const table = await createTestTable();
  const uploadId = await uploadFile(blobs, table.tableId, { content: makeFile(3_000, 3_000) });
  await stopAfter(uploadId, table, 2);
  await getDb().upload.update({ where: { id: uploadId }, data: { state: 'processing' } });
  const claim = await claimUpload(getPool(), { uploadId, tableId: table.tableId });
  if (!claim) throw new Error('The upload is not open.');
  await getDb().upload.update({ where: { id: uploadId }, data: { state: 'cancelled' } });
  await runUpload(
    { pool: getPool(), blobs, settings: besideSettings },
    claim,
    new AbortController().signal,
  );
  const [state, read, accepted, rejected, created] = await countsOf(uploadId);
  expect([state, accepted, created]).toEqual(['cancelled', 0, 0]);
  expect(read).toBe(rejected);
  // Whole batches had been recorded, of 500 rows and what is left of a chunk.
  const { rowsReached } = await getDb().upload.findUniqueOrThrow({ where: { id: uploadId } });
  expect(Number(rowsReached)).toBeGreaterThanOrEqual(1_000);
  expect(Number(rowsReached)).toBeLessThanOrEqual(3_000);
  expect(await rowsOf(table)).toEqual([]);
  expect(await listFirstLoads(getPool())).toEqual([]);
});

test('cancelled in the moment in which its tables would be changed over, it stores nothing', async () => {
  const table = await createTestTable();
  const uploadId = await uploadFile(blobs, table.tableId, { content: makeFile(3_000, 3_000) });
  const release = await holdTable(table);
  const running = run(uploadId, table);
  const canceller = await getPool().connect();
  await expect.poll(() => carriedOver(uploadId), { timeout: 25_000 }).toBe(8);
  await canceller.query('BEGIN');
  await canceller.query(`UPDATE "Upload" SET state = 'cancelled' WHERE id = $1`, [uploadId]);
  await release();
  await expect.poll(() => isWaitedFor(canceller), { timeout: 25_000, interval: 5 }).toBe(true);
  await canceller.query('COMMIT');
  canceller.release();
  await running;
  const [state, , accepted] = await countsOf(uploadId);
  expect([state, accepted]).toEqual(['cancelled', 0]);
  expect(await rowsOf(table)).toEqual([]);
});

test('readers and writers go on while the tables are changed over', async () => {
  const table = await createTestTable();
  const { tableId, columns } = table;
  const uploadId = await uploadFile(blobs, tableId, { content: makeFile(4_000, 4_000) });
  let isOver = false;
  const failures: unknown[] = [];
  let writes = 0;
  const keepBusy = async (lane: number) => {
    for (let index = 0; !isOver && index < 400; index++) {
      const [column] = columns;
      if (!column) return;
      const customerId = `live-${lane}-${index}`;
      const values = [{ ...column, value: 'x' }];
      await writeProfile(getPool(), { tableId, customerId, values })
        .then(() => readValues(table, customerId))
        .then((stored) => expect(stored).not.toBeNull())
        .catch((error: unknown) => failures.push(error));
      writes++;
    }
  };
  const busy = Promise.all([0, 1].map(keepBusy));
  await run(uploadId, table);
  isOver = true;
  await busy;
  expect(failures).toEqual([]);
  const [, , accepted] = await countsOf(uploadId);
  const stored = (await rowsOf(table)).length;
  expect(stored).toBe(Number(accepted) + writes);
  expect((await countRows(getPool(), [tableId])).get(tableId)).toBe(stored);
});
