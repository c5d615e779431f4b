import type { BlobStore } from '#lib/blob/blob-store.ts';
import { getDb } from '#lib/db/client.ts';
import { confirmationDays } from '../../contracts/privacy-requests.ts';
import { systemActor } from '../actor.ts';
import { recordChange } from '../audit.ts';
import { inTransaction } from '../transaction.ts';
import { changeOf, ended, forgotten } from './audit-of-request.ts';
import { forgetExport, resultLifetime } from './exports.ts';

const confirmationTime = confirmationDays * 24 * 3_600_000;

const notConfirmed = {
  code: 'not-confirmed',
  message: `Nobody confirmed the erasure within ${confirmationDays} days. Nothing was erased.`,
};

/** Removes exports whose time is over, gives up what nobody confirmed, and forgets whom ended requests were about. */
export async function expirePrivacyRequests(blobs: BlobStore, now = Date.now()): Promise<void> {
  const exports = await getDb().privacyRequest.findMany({
    where: { resultExpiresAt: { lte: new Date(now) }, identifierEncrypted: { not: null } },
  });
  for (const request of exports) await forgetExport(blobs, request);
  await cancelUnconfirmed(new Date(now - confirmationTime));
  await getDb().privacyRequest.updateMany({
    where: { state: 'failed', finishedAt: { lte: new Date(now - resultLifetime) } },
    data: forgotten,
  });
  // A search that was under way when its request ended may have noted something after that, too.
  await getDb().privacyFinding.deleteMany({ where: { request: { identifierEncrypted: null } } });
}

async function cancelUnconfirmed(before: Date): Promise<void> {
  const unconfirmed = { state: 'awaiting_confirmation', createdAt: { lte: before } };
  for (const request of await getDb().privacyRequest.findMany({ where: unconfirmed })) {
    await inTransaction(async (tx) => {
      const { count } = await tx.privacyRequest.updateMany({
        where: { id: request.id, ...unconfirmed },
        data: {
          state: 'cancelled',
          finishedAt: new Date(),
          ...ended,
          ...forgotten,
          error: notConfirmed,
        },
      });
      if (count === 0) return;
      await recordChange(tx, systemActor(request.accountId), {
        ...changeOf(request, 'cancelled'),
        after: { code: notConfirmed.code },
      });
    });
  }
}
