import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { seededRandom } from '#lib/core/seeded-random.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { deleteProfile } from '#lib/store/delete-profile.ts';
import { listFirstLoads } from '#lib/store/first-load.ts';
import { columnName, replacedName, repeatsName, tableName } from '#lib/store/names.ts';
import { addAttribute } from '#lib/store/physical-tables.ts';
import { prepareStore } from '#lib/store/prepare.ts';
import { countRows } from '#lib/store/row-counts.ts';
import { sweepEndedUploads } from '#lib/store/sweep.ts';
import { createTestTable, readValues, type TestTable } from '#lib/store/testing/fixtures.ts';
import { isWaitedFor } from '#lib/store/testing/is-waited-for.ts';
import { watchTableLocks } from '#lib/store/testing/watch-table-locks.ts';
import { writeProfile } from '#lib/store/write-profile.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { eventually } from '#lib/testing/eventually.ts';
import {
  batchOf,
  besideSettings,
  carriedOver,
  countsOf,
  holdTable,
  makeFile,
  mergeSettings,
  run,
  runUntil,
} from './testing/loads.ts';
import { uploadFile } from './testing/uploads.ts';

useTestDatabase();

let directory: string;
let blobs: FileBlobStore;

beforeAll(async () => {
  await prepareStore(getPool());
  directory = await mkdtemp(join(tmpdir(), 'opendcp-beside-'));
  blobs = await FileBlobStore.open({ directory });
});
afterAll(() => rm(directory, { recursive: true }));

const customers = 1_500;
const content = makeFile(2_600, customers);

/** Some of the file's customers, some as the file leaves them, and some that it does not name. */
async function fill(table: TestTable): Promise<void> {
  const same = await uploadFile(blobs, table.tableId, { content: makeFile(120, customers) });
  await run(same, table, { blobs, settings: mergeSettings });
  const lines = Array.from({ length: 400 }, (_, index) => {
    const id = index % 2 === 0 ? `c${index * 3}` : `other-${index}`;
    return index % 5 === 0 ? `${id},${index},\n` : `${id},,text ${index}\n`;
  });
  const base = await uploadFile(blobs, table.tableId, {
    content: `customerId,long,string\n${lines.join('')}`,
  });
  await run(base, table, { blobs, settings: mergeSettings });
}

function columnsOf({ columns }: TestTable): string {
  return ['customer_id', ...columns.map(({ attributeId }) => columnName(attributeId))].join(', ');
}

/** Every row, and which upload made it what it is. */
async function rowsOf(table: TestTable, uploadId: number): Promise<string[]> {
  const { rows } = await getPool().query<{ row: string }>(
    `SELECT row(${columnsOf(table)}, upload_id = $1, CASE WHEN upload_id = $1 THEN NULL ELSE updated_at END)::text AS row
     FROM ${tableName(table.tableId)} ORDER BY customer_id`,
    [uploadId],
  );
  // An upload that is not known of a row and another one are both not this one.
  return rows.map(({ row }) => row.replace(/,f?,("[^"]*")\)$/, ',f,$1)'));
}

/** The same table again, with the file merged into it. */
async function mergedInto(table: TestTable, emptyCells: 'keep' | 'clear') {
  const twin = await createTestTable({ emptyCells });
  await getPool().query(
    `INSERT INTO ${tableName(twin.tableId)} (updated_at, ${columnsOf(twin)})
     SELECT updated_at, ${columnsOf(table)} FROM ${tableName(table.tableId)};
     INSERT INTO profiles.row_count_delta
     SELECT ${twin.tableId}, count(*) FROM ${tableName(table.tableId)}`,
  );
  const uploadId = await uploadFile(blobs, twin.tableId, { content });
  // In one batch, so that a customer counts once.
  const settings = { ...mergeSettings, batchRows: 1_000_000 };
  await run(uploadId, twin, { blobs, settings });
  return { rows: await rowsOf(twin, uploadId), counts: await countsOf(uploadId) };
}

async function expectNoRemains(table: TestTable, uploadId: number): Promise<void> {
  expect(await listFirstLoads(getPool())).not.toContain(uploadId);
  const { rows } = await getPool().query<Record<string, string>>(
    `SELECT (SELECT count(*) FROM pg_trigger WHERE tgrelid = $1::regclass) AS triggers,
            (SELECT count(*) FROM profiles.changed_customer WHERE upload_id = $2) AS changes,
            (SELECT count(*) FROM profiles.carried_over WHERE upload_id = $2) AS partitions,
            (SELECT count(*) FROM pg_class WHERE relname ~ ('^[fkor]_' || $2 || '(_|$)')) AS relations`,
    [tableName(table.tableId), uploadId],
  );
  expect(rows).toEqual([{ triggers: '0', changes: '0', partitions: '0', relations: '0' }]);
}

/** Pages that the next to read the table would have to mark. */
async function unsettledPages({ tableId }: TestTable): Promise<number> {
  const { rows } = await getPool().query<{ pages: string }>(
    `SELECT sum(pg_relation_size(oid) / current_setting('block_size')::int - relallvisible) AS pages
     FROM pg_class JOIN pg_inherits ON inhrelid = oid WHERE inhparent = $1::regclass`,
    [tableName(tableId)],
  );
  return Number(rows[0]?.pages);
}

/** Writes and deletes any customers, until it is called. */
function keepWriting(table: TestTable, seed: number): () => Promise<number> {
  const random = seededRandom(seed);
  const { tableId, columns } = table;
  let isOver = false;
  let writes = 0;
  const write = async () => {
    while (!isOver) {
      const number = Math.floor(random() * 1.2 * customers);
      const customerId = random() < 0.3 ? `other-${number % 400}` : `c${number}`;
      if (random() < 0.3) {
        await deleteProfile(getPool(), { tableId, customerId });
      } else {
        const named = columns.filter(({ type }) => ['long', 'double', 'string'].includes(type));
        const values = named
          .filter(() => random() < 0.5)
          .map((column) => ({ ...column, value: random() < 0.2 ? null : `${number % 7}` }));
        await writeProfile(getPool(), { tableId, customerId, values });
      }
      writes += 1;
    }
  };
  const writing = Promise.all([write(), write()]);
  return async () => {
    isOver = true;
    await writing;
    return writes;
  };
}

describe.each(['keep', 'clear'] as const)('with empty cells that %s values', (emptyCells) => {
  test('a file beside a smaller table gives what merging it gives', async () => {
    const table = await createTestTable({ emptyCells });
    await fill(table);
    const expected = await mergedInto(table, emptyCells);
    const uploadId = await uploadFile(blobs, table.tableId, { content });
    const release = await holdTable(table);
    const running = run(uploadId, table, { blobs });
    // It went this way.
    await expect.poll(() => carriedOver(uploadId), { timeout: 25_000 }).toBe(8);
    await release();
    await running;
    expect(await rowsOf(table, uploadId)).toEqual(expected.rows);
    expect(await countsOf(uploadId)).toEqual(expected.counts);
    expect((await countRows(getPool(), [table.tableId])).get(table.tableId)).toBe(
      expected.rows.length,
    );
    await expectNoRemains(table, uploadId);
  });

  test('it leaves no page for the next reader to mark', async () => {
    const table = await createTestTable({ emptyCells });
    await fill(table);
    const uploadId = await uploadFile(blobs, table.tableId, { content });
    // Nobody else looks meanwhile, nor another lane: what their snapshots may still see stays unmarked.
    await run(uploadId, table, { blobs, settings: { ...besideSettings, mergeParallelism: 1 } });
    expect(await unsettledPages(table)).toBe(0);
  });

  test('whatever is written and deleted meanwhile stays below the file, however often it stops', async () => {
    const table = await createTestTable({ emptyCells });
    await fill(table);
    const uploadId = await uploadFile(blobs, table.tableId, { content });
    let release = await holdTable(table);
    const stopWriting = keepWriting(table, 5);
    await runUntil(uploadId, table, {
      blobs,
      isReached: async () => (await batchOf(uploadId)) >= 2,
    });
    for (const partitions of [1, 4, 8]) {
      const isReached = async () => (await carriedOver(uploadId)) >= partitions;
      await runUntil(uploadId, table, { blobs, isReached });
    }
    const column = { attributeId: 900_000 + table.tableId, type: 'string' as const };
    await release();
    await addAttribute(getPool(), table.tableId, column);
    release = await holdTable(table);
    const values = [{ ...column, value: 'new' }];
    const newcomer = { ...table, columns: [column] };
    for (const customerId of ['c3', 'other-1', 'late']) {
      await writeProfile(getPool(), { tableId: table.tableId, customerId, values });
    }
    const running = run(uploadId, table, { blobs });
    await delay(200);
    expect(await stopWriting()).toBeGreaterThan(50);
    const expected = await mergedInto(table, emptyCells);
    await release();
    await running;
    expect(await rowsOf(table, uploadId)).toEqual(expected.rows);
    expect(await countsOf(uploadId)).toEqual(expected.counts);
    expect((await countRows(getPool(), [table.tableId])).get(table.tableId)).toBe(
      expected.rows.length,
    );
    expect(await readValues(newcomer, 'late')).toEqual({ string: 'new' });
    await expectNoRemains(table, uploadId);
  });
});

test('cancelled while rows are carried over, it leaves the table as it was', async () => {
  const table = await createTestTable();
  const { tableId } = table;
  await fill(table);
  const uploadId = await uploadFile(blobs, tableId, { content });
  const before = await rowsOf(table, uploadId);
  const isReached = async () => (await carriedOver(uploadId)) >= 3;
  const release = await holdTable(table);
  await runUntil(uploadId, table, { blobs, isReached });
  await release();
  await getDb().upload.update({ where: { id: uploadId }, data: { state: 'cancelled' } });
  await sweepEndedUploads(getPool());
  expect(await rowsOf(table, uploadId)).toEqual(before);
  const [state, , accepted, , created, changed] = await countsOf(uploadId);
  expect([state, accepted, created, changed]).toEqual(['cancelled', 0, 0, 0]);
  await expectNoRemains(table, uploadId);
});

test('the table that it took the place of is dropped afterwards: when that is cut off, by the sweep', async () => {
  const table = await createTestTable();
  await fill(table);
  const uploadId = await uploadFile(blobs, table.tableId, { content });
  const release = await holdTable(table);
  const loading = run(uploadId, table, { blobs });
  await expect.poll(() => carriedOver(uploadId), { timeout: 25_000 }).toBe(8);
  const holder = await getPool().connect();
  await holder.query('BEGIN');
  await holder.query(`LOCK TABLE ${repeatsName(uploadId)} IN ACCESS SHARE MODE`);
  await release();
  await eventually(() => isWaitedFor(holder)).toBe(true);
  expect(await readValues(table, 'c0')).toMatchObject({ long: expect.any(String) as string });
  const { rows } = await getPool().query<{ replaced: string | null }>(
    'SELECT to_regclass($1) AS replaced',
    [replacedName(uploadId)],
  );
  expect(rows[0]?.replaced).toBe(replacedName(uploadId));
  await holder.query(
    'SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))',
  );
  expect((await loading).kind).toBe('retry');
  await holder.query('COMMIT');
  holder.release();
  expect((await run(uploadId, table, { blobs })).kind).toBe('completed');
  await sweepEndedUploads(getPool());
  await expectNoRemains(table, uploadId);
});

test('a file that does not bring many more rows than there are is merged', async () => {
  const table = await createTestTable();
  await fill(table);
  const uploadId = await uploadFile(blobs, table.tableId, { content: makeFile(500, 500) });
  const release = await holdTable(table);
  await run(uploadId, table, { blobs });
  await release();
  expect(await countsOf(uploadId)).toContain('completed_with_errors');
});

test('no statement waits for the table longer than writers and readers may wait behind it', async () => {
  const table = await createTestTable();
  const { tableId } = table;
  await writeProfile(getPool(), { tableId, customerId: 'c1', values: [] });
  const uploadId = await uploadFile(blobs, tableId, { content: makeFile(3_000, 2_000) });
  const release = await holdTable(table);
  const { pool, lockTimeouts } = watchTableLocks(getPool(), tableId);
  const loading = run(uploadId, table, { blobs, pool });
  // The loaded rows are kept from becoming the table, which is tried again and again.
  await expect.poll(() => lockTimeouts.length, { timeout: 25_000 }).toBeGreaterThan(2);
  await release();
  expect((await loading).kind).toBe('completed');
  expect(new Set(lockTimeouts)).toEqual(new Set(['100ms']));
});
