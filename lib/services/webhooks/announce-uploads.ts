import { getDb, type DbTransaction } from '#lib/db/client.ts';
import type { Prisma, Webhook } from '#lib/db/generated/client.ts';
import { inTransaction } from '../transaction.ts';
import { announcedParts, createMessageId, describeEnd, type EndedUpload } from './message.ts';

const batchSize = 100;

/**
 * Turns ends of uploads into deliveries, each end once: an upload that ended and was not announced is the outbox itself, and
 * the transaction that marks it writes the deliveries. Any number of workers may call it, and be killed.
 *
 * @returns how many uploads were announced.
 */
export async function announceUploads(): Promise<number> {
  if (!(await isAnythingNew())) return 0;
  return inTransaction(async (tx) => {
    const ids = await lockEndedUploads(tx);
    const uploads = await tx.upload.findMany({
      where: { id: { in: ids } },
      include: announcedParts,
      orderBy: { finishedAt: 'asc' },
    });
    const webhooks = await tx.webhook.findMany({ where: { paused: false } });
    await tx.webhookDelivery.createMany({
      data: uploads.flatMap((upload) => deliveriesOf(upload, webhooks)),
    });
    await tx.upload.updateMany({ where: { id: { in: ids } }, data: { announcedAt: new Date() } });
    return uploads.length;
  });
}

/** Spares a transaction every second; the worker asks again soon. */
async function isAnythingNew(): Promise<boolean> {
  const found = await getDb().upload.findFirst({
    where: { announcedAt: null, finishedAt: { not: null } },
    select: { id: true },
  });
  return found !== null;
}

/** A cancelled upload has its last counts a moment after its end, when the worker has stopped. */
async function lockEndedUploads(tx: DbTransaction): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT id FROM "Upload"
    WHERE "announcedAt" IS NULL AND "finishedAt" IS NOT NULL
      AND (state <> 'cancelled' OR "finishedAt" < now() - interval '2 seconds')
    ORDER BY "finishedAt" LIMIT ${batchSize} FOR UPDATE SKIP LOCKED`;
  return rows.map(({ id }) => id);
}

function deliveriesOf(
  upload: EndedUpload,
  webhooks: readonly Webhook[],
): Prisma.WebhookDeliveryCreateManyInput[] {
  const listeners = webhooks.filter((webhook) => isFor(webhook, upload));
  if (listeners.length === 0) return [];
  const message = {
    messageId: createMessageId(),
    event: `upload.${upload.state}`,
    uploadId: upload.id,
    fileName: upload.fileName,
    body: describeEnd(upload),
  };
  return listeners.map(({ id: webhookId }) => ({ ...message, webhookId }));
}

function isFor(webhook: Webhook, { state, checkOnly, table, finishedAt }: EndedUpload): boolean {
  return (
    webhook.accountId === table.service.accountId &&
    webhook.events.includes(`upload.${state}`) &&
    // A check stores nothing: whoever goes on from "completed" must not take it for a load.
    !checkOnly &&
    (webhook.serviceId === null || webhook.serviceId === table.serviceId) &&
    (webhook.tableId === null || webhook.tableId === table.id) &&
    finishedAt !== null &&
    webhook.createdAt <= finishedAt
  );
}
