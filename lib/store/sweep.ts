import { stopChangeLog } from './change-log.ts';
import { dropFirstLoad, listFirstLoads } from './first-load.ts';
import type { Pool } from './pool.ts';
import { dropStaging, listStaging } from './staging.ts';
import { openStates } from './upload-claim.ts';
import { settleUpload } from './upload-ledger.ts';

/** Removes what one upload has besides its table: staged rows, a first load, and the log of changes. Only for an upload that has ended, or whose table the caller has locked. */
export async function removeRemains(pool: Pool, uploadId: number): Promise<void> {
  for (const key of await listStaging(pool)) {
    if (key.uploadId === uploadId) await dropStaging(pool, key);
  }
  // First what is on the table itself: as long as there are other remains, a sweep finds it.
  await stopChangeLog(pool, uploadId);
  await dropFirstLoad(pool, uploadId);
}

/**
 * Tidies up after workers that were killed: staging sets and open books of uploads that have ended.
 *
 * @throws {AggregateError} when some could not be removed, once all others are.
 */
export async function sweepEndedUploads(pool: Pool): Promise<void> {
  const staged = [
    ...(await listStaging(pool)).map(({ uploadId }) => uploadId),
    ...(await listFirstLoads(pool)),
  ];
  const { rows } = await pool.query<{ upload_id: number }>(
    'SELECT DISTINCT upload_id FROM profiles.upload_merge',
  );
  const uploadIds = [...new Set([...staged, ...rows.map((row) => row.upload_id)])];
  const open = await pool.query<{ id: number }>(
    'SELECT id FROM "Upload" WHERE id = ANY($1::int[]) AND state = ANY($2)',
    [uploadIds, openStates],
  );
  const openIds = new Set(open.rows.map(({ id }) => id));
  const failures: unknown[] = [];
  for (const uploadId of uploadIds.filter((id) => !openIds.has(id))) {
    try {
      await settleUpload(pool, uploadId);
      await removeRemains(pool, uploadId);
    } catch (error) {
      failures.push(error);
    }
  }
  await pool.query(
    `DELETE FROM profiles.upload_merge AS note
     WHERE NOT EXISTS (SELECT FROM "Upload" WHERE id = note.upload_id)`,
  );
  if (failures.length > 0) throw new AggregateError(failures, 'Remains of uploads were left.');
}
