import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { listFirstLoads } from '#lib/store/first-load.ts';
import { columnName, tableName } from '#lib/store/names.ts';
import { prepareStore } from '#lib/store/prepare.ts';
import { countRows } from '#lib/store/row-counts.ts';
import { createTestTable, type TestTable } from '#lib/store/testing/fixtures.ts';
import { claimUpload } from '#lib/store/upload-claim.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { runUpload, type RunOutcome } from './run-upload.ts';
import { defaultIngestSettings } from './settings.ts';
import { uploadFile, type TestFile } from './testing/uploads.ts';

useTestDatabase();

let directory: string;
let blobs: FileBlobStore;

beforeAll(async () => {
  await prepareStore(getPool());
  directory = await mkdtemp(join(tmpdir(), 'opendcp-check-'));
  blobs = await FileBlobStore.open({ directory });
});
afterAll(() => rm(directory, { recursive: true }));

/** Small enough for many batches. */
const settings = { ...defaultIngestSettings, batchRows: 50, chunkBytes: 512 };

async function run(
  uploadId: number,
  { tableId }: TestTable,
  signal = new AbortController().signal,
): Promise<RunOutcome> {
  const claim = await claimUpload(getPool(), { uploadId, tableId });
  if (!claim) throw new Error('The upload is not open.');
  return runUpload({ pool: getPool(), blobs, settings }, claim, signal);
}

async function load(table: TestTable, file: TestFile) {
  const id = await uploadFile(blobs, table.tableId, file);
  expect(await run(id, table)).toEqual({ kind: 'completed' });
  return outcomeOf(id);
}

async function outcomeOf(id: number) {
  const upload = await getDb().upload.findUniqueOrThrow({
    where: { id },
    include: { rejectGroups: { orderBy: { code: 'asc' } }, rejectFiles: true },
  });
  const { rowsRead, rowsAccepted, rowsRejected, rowsCreated, rowsChanged } = upload;
  return {
    state: upload.state,
    counts: [rowsRead, rowsAccepted, rowsRejected, rowsCreated, rowsChanged].map(Number),
    groups: upload.rejectGroups.map(({ code, column, count }) => [code, column, Number(count)]),
    unchanged: upload.rowsUnchanged === null ? null : Number(upload.rowsUnchanged),
    kept: upload.rejectFiles.reduce((sum, { rows }) => sum + rows, 0),
  };
}

/** Every row with when it was written and by what. */
async function rowsOf({ tableId, columns }: TestTable): Promise<string[]> {
  const names = columns.map(({ attributeId }) => columnName(attributeId));
  const { rows } = await getPool().query<{ row: string }>(
    `SELECT row(customer_id, updated_at, upload_id, ${names.join(', ')})::text AS row
     FROM ${tableName(tableId)} ORDER BY customer_id`,
  );
  return rows.map(({ row }) => row);
}

const before = `customerId,long,double\n${Array.from({ length: 300 }, (_, index) => `c${index},${index},\n`).join('')}`;
/** Known and new customers, some twice, some unchanged, some wrong. */
const file = `customerId,long\n${Array.from({ length: 900 }, (_, index) => {
  const id = `c${(index * 7) % 600}`;
  if (index % 90 === 0) return `${id},x\n`;
  if (index % 91 === 0) return `${id}\n`;
  return `${id},${index % 4 === 0 ? ((index * 7) % 600) + (index % 8) : ''}\n`;
}).join('')}`;

test.each(['keep', 'clear'] as const)(
  'a check tells what storing would do and stores nothing, where empty cells %s',
  async (emptyCells) => {
    const [checked, stored] = [await createTestTable(), await createTestTable()];
    for (const { tableId } of [checked, stored]) {
      await getDb().table.update({ where: { id: tableId }, data: { emptyCells } });
    }
    await load(checked, { content: before });
    await load(stored, { content: before });
    const rows = await rowsOf(checked);

    const expected = await load(stored, { content: file });
    const found = await load(checked, { content: file, checkOnly: true });

    expect(await rowsOf(checked)).toEqual(rows);
    expect((await countRows(getPool(), [checked.tableId])).get(checked.tableId)).toBe(300);
    expect({ ...found, counts: found.counts.slice(0, 4), unchanged: null }).toEqual({
      ...expected,
      counts: expected.counts.slice(0, 4),
    });
    const different = await getPool().query(
      `SELECT FROM ${tableName(checked.tableId)} AS old JOIN ${tableName(stored.tableId)} AS new USING (customer_id)
       WHERE old.${longOf(checked)} IS DISTINCT FROM new.${longOf(stored)}`,
    );
    expect(found.counts[4]).toBe(different.rowCount);
    expect(found.counts[4]).toBeGreaterThan(0);
    const [, , , created = 0, changed = 0] = found.counts;
    expect(found.unchanged).toBe(acceptedCustomers(file) - created - changed);
    expect(found.unchanged).toBeGreaterThan(0);
    expect(await listFirstLoads(getPool())).toEqual([]);
  },
);

function acceptedCustomers(content: string): number {
  const rows = content.trimEnd().split('\n').slice(1);
  const cells = rows.map((row) => row.split(','));
  return new Set(cells.flatMap(([id, long]) => (long === undefined || long === 'x' ? [] : [id])))
    .size;
}

function longOf({ columns }: TestTable): string {
  const column = columns.find(({ type }) => type === 'long');
  if (!column) throw new Error('The table has no column of that type.');
  return columnName(column.attributeId);
}

test('a check of nothing but errors counts them all', async () => {
  const table = await createTestTable();
  const lines = Array.from({ length: 200 }, (_, index) => `c${index},never\n`);
  const content = `customerId,long\n${lines.join('')}`;
  expect(await load(table, { content, checkOnly: true })).toEqual({
    state: 'completed_with_errors',
    counts: [200, 0, 200, 0, 0],
    groups: [['invalid-long', 'long', 200]],
    unchanged: 0,
    kept: 200,
  });
});

test('a check that was interrupted goes on, whenever it was', async () => {
  const table = await createTestTable();
  await load(table, { content: before });
  const calm = await load(table, { content: file, checkOnly: true });
  const id = await uploadFile(blobs, table.tableId, { content: file, checkOnly: true });
  const rows = await rowsOf(table);
  for (let milliseconds = 0; ; milliseconds += 15) {
    const outcome = await run(id, table, AbortSignal.timeout(milliseconds));
    if (outcome.kind === 'completed') break;
    expect(outcome).toEqual({ kind: 'stopped' });
  }
  expect(await outcomeOf(id)).toEqual(calm);
  expect(await rowsOf(table)).toEqual(rows);
});
