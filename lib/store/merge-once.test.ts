import { beforeAll, describe, expect, test } from 'vitest';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { eventually } from '#lib/testing/eventually.ts';
import { mergePartition } from './merge-partition.ts';
import { prepareStore } from './prepare.ts';
import { countRows } from './row-counts.ts';
import { attributeColumns } from './staging-writer.ts';
import { createTestTable } from './testing/fixtures.ts';
import { claim, columnsFor, merge, record, stage, type Row } from './testing/merging.ts';
import { ClaimLostError, claimUpload } from './upload-claim.ts';
import { finishUpload, reportProgress, settleUpload } from './upload-ledger.ts';

useTestDatabase();

beforeAll(() => prepareStore(getPool()));

describe('once and only once', () => {
  const rows: Row[] = Array.from({ length: 100 }, (_, index) => [`c${index}`, String(index)]);

  async function prepare() {
    const table = await createTestTable();
    const claimed = await claim(table);
    const columns = columnsFor(table, ['long']);
    await stage({ claimed, batch: 0, columns, rows });
    return { table, claimed, merging: { claimed, batch: 0, columns, emptyCells: 'keep' as const } };
  }

  test('partitions that are merged are left alone, and counted once', async () => {
    const { claimed, merging } = await prepare();
    await merge(merging, [0, 1, 2]);
    await expect(record(claimed, 100)).rejects.toThrow('3 partitions');
    await stage({ ...merging, rows });
    await merge(merging);
    await merge(merging);
    await record(claimed, 100);
    const upload = await getDb().upload.findUniqueOrThrow({ where: { id: claimed.uploadId } });
    expect(upload.rowsCreated).toBe(100n);
    expect(upload.rowsRead).toBe(100n);
  });

  test('a claim that was taken over writes nothing', async () => {
    const { table, claimed, merging } = await prepare();
    const taken = await claimUpload(getPool(), claimed);
    expect(taken?.attempt).toBe(claimed.attempt + 1);
    expect(taken?.startedAt).toEqual(claimed.startedAt);
    await expect(merge(merging, [0])).rejects.toThrow(ClaimLostError);
    await expect(record(claimed, 100)).rejects.toThrow(ClaimLostError);
    await expect(finishUpload(getPool(), claimed, { state: 'failed' })).rejects.toThrow(
      ClaimLostError,
    );
    expect(await reportProgress(getPool(), claimed, { bytesRead: 1 })).toBe(false);
    expect((await countRows(getPool(), [table.tableId])).get(table.tableId)).toBe(0);
  });

  test('a take-over waits for the step under way; the steps after it are void', async () => {
    const { claimed, merging, table } = await prepare();
    const writer = await getPool().connect();
    await writer.query('BEGIN');
    await writer.query(`LOCK TABLE profiles.t_${table.tableId}_p0`);
    const merged = merge(merging, [0]);
    await eventually(async () => {
      const { rowCount } = await writer.query(
        `SELECT FROM pg_locks WHERE relation = 'profiles.t_${table.tableId}_p0'::regclass AND NOT granted`,
      );
      return rowCount;
    }).toBe(1);
    let isClaimed = false;
    const claiming = claimUpload(getPool(), claimed).then(() => (isClaimed = true));
    await eventually(async () => {
      const { rowCount } = await writer.query(
        `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = $1`,
        [table.tableId],
      );
      return rowCount;
    }).toBe(1);
    expect(isClaimed).toBe(false);
    await writer.query('COMMIT');
    writer.release();
    await expect(merged).rejects.toThrow(ClaimLostError);
    await claiming;
  });

  test('what was merged before a cancel stays and is counted', async () => {
    const { claimed, merging, table } = await prepare();
    await merge(merging, [0, 1, 2]);
    await getDb().upload.update({ where: { id: claimed.uploadId }, data: { state: 'cancelled' } });
    await expect(merge(merging)).rejects.toThrow(ClaimLostError);
    await settleUpload(getPool(), claimed.uploadId);
    await settleUpload(getPool(), claimed.uploadId);
    const upload = await getDb().upload.findUniqueOrThrow({ where: { id: claimed.uploadId } });
    const stored = (await countRows(getPool(), [table.tableId])).get(table.tableId);
    expect(stored).toBeGreaterThan(0);
    expect(Number(upload.rowsCreated)).toBe(stored);
    expect(upload.rowsAccepted).toBe(upload.rowsCreated);
    expect(upload.rowsRead).toBe(upload.rowsCreated);
    expect(upload.finishedAt).not.toBeNull();
  });

  test('an abort stops a merge that waits for a lock, and undoes it', async () => {
    const { claimed, merging, table } = await prepare();
    const writer = await getPool().connect();
    await writer.query('BEGIN');
    await writer.query(`LOCK TABLE profiles.t_${table.tableId}_p0`);
    const controller = new AbortController();
    const merging0 = mergePartition(getPool(), {
      claim: claimed,
      batch: 0,
      partition: 0,
      columns: attributeColumns(merging.columns),
      emptyCells: 'keep',
      updatedAt: claimed.startedAt,
      signal: controller.signal,
    });
    await eventually(async () => {
      const { rowCount } = await writer.query(
        `SELECT FROM pg_locks WHERE relation = 'profiles.t_${table.tableId}_p0'::regclass AND NOT granted`,
      );
      return rowCount;
    }).toBe(1);
    controller.abort(new Error('enough'));
    await expect(merging0).rejects.toThrow('enough');
    await writer.query('COMMIT');
    writer.release();
    expect((await countRows(getPool(), [table.tableId])).get(table.tableId)).toBe(0);
  });
});
