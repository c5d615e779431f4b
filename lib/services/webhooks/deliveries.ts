import { getDb, type DbTransaction } from '#lib/db/client.ts';
import type { WebhookDelivery as StoredDelivery } from '#lib/db/generated/client.ts';
import {
  deliveryPage,
  testEvent,
  type DeliveryPage,
  type ListDeliveriesParameters,
} from '../../contracts/webhooks.ts';
import { errors } from '../../core/errors.ts';
import type { UserActor } from '../actor.ts';
import { recordChange } from '../audit.ts';
import { inTransaction } from '../transaction.ts';
import { describeReceiver } from './describe-receiver.ts';
import { createMessageId, describeTest } from './message.ts';
import { lockWebhook, requireWebhook } from './visible-webhook.ts';

/** One page of what was sent to a webhook, the latest first. @throws `forbidden`, `not-found` */
export async function listDeliveries(
  actor: UserActor,
  webhookId: number,
  { page, perPage }: ListDeliveriesParameters,
): Promise<DeliveryPage> {
  await requireWebhook(getDb(), actor, webhookId);
  const where = { webhookId };
  const [rows, total] = await Promise.all([
    getDb().webhookDelivery.findMany({
      where,
      orderBy: { id: 'desc' },
      skip: (page - 1) * perPage,
      take: perPage,
    }),
    getDb().webhookDelivery.count({ where }),
  ]);
  return deliveryPage.parse({ items: rows.map(toDelivery), total });
}

/** Queues a message without news, which is tried once. @throws `forbidden`, `not-found`, `conflict` while paused */
export async function sendTestEvent(actor: UserActor, webhookId: number): Promise<void> {
  await queue(actor, webhookId, {
    action: 'webhook.tested',
    find: () =>
      Promise.resolve({
        messageId: createMessageId(),
        event: testEvent,
        body: describeTest(webhookId),
      }),
  });
}

/**
 * Queues a message once more, with its id, so that a receiver that has it already can tell.
 *
 * @throws `forbidden`, `not-found`, `conflict` while the webhook is paused or the delivery is still waiting
 */
export async function sendAgain(
  actor: UserActor,
  webhookId: number,
  deliveryId: number,
): Promise<void> {
  await queue(actor, webhookId, {
    action: 'webhook.sent_again',
    find: async (tx) => {
      const earlier = await tx.webhookDelivery.findFirst({ where: { id: deliveryId, webhookId } });
      if (!earlier) throw errors.notFound('delivery', deliveryId);
      if (earlier.state === 'waiting') throw errors.conflict('It is going to be tried anyway.');
      const { messageId, event, uploadId, fileName, body } = earlier;
      return { messageId, event, uploadId, fileName, body };
    },
  });
}

type Message = Pick<StoredDelivery, 'messageId' | 'event' | 'body'> &
  Partial<Pick<StoredDelivery, 'uploadId' | 'fileName'>>;

interface QueueOptions {
  /** For the audit trail. */
  readonly action: string;
  readonly find: (tx: DbTransaction) => Promise<Message>;
}

async function queue(
  actor: UserActor,
  webhookId: number,
  { action, find }: QueueOptions,
): Promise<void> {
  await inTransaction(async (tx) => {
    const webhook = await lockWebhook(tx, actor, webhookId);
    if (webhook.paused) throw errors.conflict('The webhook is paused. Resume it first.');
    const message = await find(tx);
    await tx.webhookDelivery.create({ data: { webhookId, ...message } });
    await recordChange(tx, actor, {
      action,
      objectKind: 'webhook',
      objectId: webhookId,
      objectName: describeReceiver(webhook.url),
      after: { messageId: message.messageId, event: message.event },
    });
  });
}

function toDelivery(row: StoredDelivery) {
  return {
    ...row,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    lastAttemptAt: row.lastAttemptAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
