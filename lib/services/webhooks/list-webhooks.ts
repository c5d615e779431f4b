import { getDb } from '#lib/db/client.ts';
import type { WebhookResponse } from '../../contracts/webhooks.ts';
import type { UserActor } from '../actor.ts';
import { requireRole } from '../permissions.ts';
import { requireWebhook, toWebhookResponse, webhookParts } from './visible-webhook.ts';

/** The account's webhooks, the oldest first. @throws `forbidden` */
export async function listWebhooks(actor: UserActor): Promise<WebhookResponse[]> {
  requireRole(actor, 'administrator');
  const webhooks = await getDb().webhook.findMany({
    where: { accountId: actor.accountId },
    include: webhookParts,
    orderBy: { id: 'asc' },
  });
  return webhooks.map(toWebhookResponse);
}

/** @throws `forbidden`, `not-found` */
export async function getWebhook(actor: UserActor, webhookId: number): Promise<WebhookResponse> {
  const { id } = await requireWebhook(getDb(), actor, webhookId);
  const webhook = await getDb().webhook.findUniqueOrThrow({
    where: { id },
    include: webhookParts,
  });
  return toWebhookResponse(webhook);
}
