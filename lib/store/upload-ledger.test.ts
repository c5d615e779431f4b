import type pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { eventually } from '#lib/testing/eventually.ts';
import { prepareStore } from './prepare.ts';
import { createTestTable, createTestUpload } from './testing/fixtures.ts';
import { isWaitedFor } from './testing/is-waited-for.ts';
import { ClaimLostError, claimUpload, type ClaimedUpload } from './upload-claim.ts';
import {
  finishUpload,
  recordBatch,
  reportProgress,
  recordCheck,
  requeueUpload,
  saveCheckpoint,
} from './upload-ledger.ts';

useTestDatabase();
beforeAll(() => prepareStore(getPool()));

async function claimNew(): Promise<ClaimedUpload> {
  const { tableId } = await createTestTable();
  const claim = await claimUpload(getPool(), {
    uploadId: await createTestUpload(tableId),
    tableId,
  });
  if (!claim) throw new Error('The upload is not open.');
  return claim;
}

/** Cancels an upload in a transaction that stays open. */
async function beginToCancel(uploadId: number): Promise<pg.PoolClient> {
  const canceller = await getPool().connect();
  await canceller.query('BEGIN');
  await canceller.query(`UPDATE "Upload" SET state = 'cancelled' WHERE id = $1`, [uploadId]);
  return canceller;
}

const batch = {
  rowsAccepted: 0,
  rowsRejected: 7,
  isMerged: false,
  rejectCounts: [],
  rejectSegments: [],
  warnings: [],
  checkpoint: { batch: 1 },
};

test.each([
  ['put back into the queue', (claim) => requeueUpload(getPool(), claim, {})],
  ['completed', (claim) => finishUpload(getPool(), claim, { state: 'completed' })],
  ['failed', (claim) => finishUpload(getPool(), claim, { state: 'failed' })],
  ['given a checkpoint', (claim) => saveCheckpoint(getPool(), claim, { batch: 1 })],
  ['given the rows of a batch', (claim) => recordBatch(getPool(), claim, batch)],
  [
    'given the counts of a check',
    (claim) =>
      recordCheck(getPool(), claim, {
        created: 1,
        changed: 1,
        unchanged: 1,
        checkpoint: { batch: 1 },
      }),
  ],
] as const satisfies [string, (claim: ClaimedUpload) => Promise<void>][])(
  'an upload whose cancel is under way is not %s',
  async (_name, change) => {
    const claim = await claimNew();
    const canceller = await beginToCancel(claim.uploadId);
    const refused = expect(change(claim)).rejects.toThrow(ClaimLostError);
    await eventually(() => isWaitedFor(canceller)).toBe(true);
    await canceller.query('COMMIT');
    canceller.release();
    await refused;
    const upload = await getDb().upload.findUniqueOrThrow({ where: { id: claim.uploadId } });
    expect(upload).toMatchObject({
      state: 'cancelled',
      rowsRead: 0n,
      rowsCreated: 0n,
      checkpoint: null,
    });
  },
);

test('a batch that is recorded leaves the progress of the whole upload as it was told', async () => {
  const claim = await claimNew();
  await reportProgress(getPool(), claim, { bytesRead: 40 });
  await recordBatch(getPool(), claim, batch);
  const upload = await getDb().upload.findUniqueOrThrow({ where: { id: claim.uploadId } });
  expect([upload.bytesRead, upload.rowsRejected]).toEqual([40n, 7n]);
});

test('a batch that is recorded and a cancel that counts its rows wait for each other in one order', async () => {
  const claim = await claimNew();
  const { uploadId } = claim;
  await getPool().query(
    `INSERT INTO profiles.upload_merge (upload_id, batch, partition, rows, created, changed, is_done)
     SELECT $1, 0, partition, 5, 5, 0, true FROM generate_series(0, 7) AS partition`,
    [uploadId],
  );
  const canceller = await beginToCancel(uploadId);
  const recorded = recordBatch(getPool(), claim, { ...batch, rowsAccepted: 40, isMerged: true });
  await eventually(() => isWaitedFor(canceller)).toBe(true);
  await canceller.query('DELETE FROM profiles.upload_merge WHERE upload_id = $1', [uploadId]);
  await canceller.query('ROLLBACK');
  canceller.release();
  await recorded;
  const upload = await getDb().upload.findUniqueOrThrow({ where: { id: uploadId } });
  expect([upload.rowsAccepted, upload.rowsCreated]).toEqual([40n, 40n]);
});
