import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { getPool } from '#lib/db/pool.ts';
import { prepareStore } from '#lib/store/prepare.ts';
import { createTestTable, type TestTable } from '#lib/store/testing/fixtures.ts';
import { claimUpload } from '#lib/store/upload-claim.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { runUpload } from './run-upload.ts';
import { defaultIngestSettings } from './settings.ts';
import { uploadFile } from './testing/uploads.ts';

useTestDatabase();

let directory: string;
let blobs: FileBlobStore;

beforeAll(async () => {
  await prepareStore(getPool());
  directory = await mkdtemp(join(tmpdir(), 'opendcp-bloat-'));
  blobs = await FileBlobStore.open({ directory });
});
afterAll(() => rm(directory, { recursive: true }));

const customers = 40_000;
const nights = 10;

async function load(
  { tableId }: TestTable,
  content: string,
  firstLoadBytes: number,
): Promise<void> {
  const uploadId = await uploadFile(blobs, tableId, { content });
  const claim = await claimUpload(getPool(), { uploadId, tableId });
  if (!claim) throw new Error('The upload is not open.');
  const settings = { ...defaultIngestSettings, firstLoadBytes };
  const context = { pool: getPool(), blobs, settings };
  const { signal } = new AbortController();
  expect(await runUpload(context, claim, signal)).toEqual({ kind: 'completed' });
}

/** Bytes of rows and keys. */
async function sizeOf({ tableId }: TestTable): Promise<number> {
  const { rows } = await getPool().query<{ bytes: string }>(
    `SELECT sum(pg_total_relation_size(relid)) AS bytes FROM pg_partition_tree($1::regclass)`,
    [`profiles.t_${tableId}`],
  );
  return Number(rows[0]?.bytes);
}

/** All customers with new values, in another order than the night before. */
function fileOf(night: number): string {
  const lines = Array.from({ length: customers }, (_, index) => {
    const number = (index * 7_919 + night) % customers;
    return `c${(number * 48_271) % 2_147_483_647},some text that stays the same,${number + night}\n`;
  });
  return `customerId,string,long\n${lines.join('')}`;
}

const ways = [
  { made: 'by a first load', firstLoadBytes: 0 },
  { made: 'by merging', firstLoadBytes: Infinity },
];

test.each(ways)(
  'a table made $made whose rows all change every night stays as large as it was',
  // Slices are as long as the machine is fast, and how they fall decides how much of a page's room is used.
  { timeout: 120_000, retry: 1 },
  async ({ firstLoadBytes }) => {
    const table = await createTestTable();
    await load(table, fileOf(0), firstLoadBytes);
    const first = await sizeOf(table);
    const sizes: number[] = [];
    for (let night = 1; night <= nights; night++) {
      await load(table, fileOf(night), firstLoadBytes);
      sizes.push((await sizeOf(table)) / first);
    }
    expect(Math.max(...sizes), sizes.join(', ')).toBeLessThan(1.5);
    // And it does not go on growing.
    const half = sizes[nights / 2] ?? 0;
    expect(sizes.at(-1), sizes.join(', ')).toBeLessThan(1.1 * half);
  },
);
