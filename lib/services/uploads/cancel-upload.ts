import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { openStates } from '#lib/store/upload-claim.ts';
import { settleUpload } from '#lib/store/upload-ledger.ts';
import type { UploadResponse } from '../../contracts/uploads.ts';
import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { recordChange } from '../audit.ts';
import { requireRole } from '../permissions.ts';
import { inTransaction } from '../transaction.ts';
import { getUpload } from './get-upload.ts';
import { notifyWorkers } from './upload-queue.ts';
import { requireUpload } from './visible-upload.ts';

/**
 * Ends an upload that still has work before it. Rows that are stored already stay stored, and are counted;
 * the worker stops at its next step.
 *
 * @throws `forbidden`, `not-found`, `conflict` when the upload has ended already.
 */
export async function cancelUpload(actor: Actor, uploadId: number): Promise<UploadResponse> {
  requireRole(actor, 'editor');
  const { key } = await requireUpload(getDb(), actor, uploadId);
  await inTransaction(async (tx) => {
    const [cancelled] = await tx.upload.updateManyAndReturn({
      where: { id: uploadId, state: { in: [...openStates] } },
      data: { state: 'cancelled', finishedAt: new Date() },
      select: { tableId: true },
    });
    if (!cancelled) throw errors.conflict('The upload has ended already.');
    await recordChange(tx, actor, {
      action: 'upload.cancelled',
      objectKind: 'upload',
      objectId: uploadId,
      objectName: key,
    });
    // The uploads behind it can go on.
    await notifyWorkers(tx, cancelled.tableId);
  });
  await settleUpload(getPool(), uploadId);
  return getUpload(actor, uploadId);
}
