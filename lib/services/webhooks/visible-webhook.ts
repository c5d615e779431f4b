import type { DbTransaction } from '#lib/db/client.ts';
import type { Prisma, Webhook } from '#lib/db/generated/client.ts';
import {
  webhookResponse,
  type WebhookResponse,
  type WebhookScope,
} from '../../contracts/webhooks.ts';
import { errors } from '../../core/errors.ts';
import type { UserActor } from '../actor.ts';
import { requireRole } from '../permissions.ts';

export const webhookParts = {
  service: { select: { name: true } },
  table: { select: { name: true } },
  deliveries: {
    where: { lastAttemptAt: { not: null } },
    orderBy: { id: 'desc' },
    take: 1,
    select: { state: true, lastAttemptAt: true },
  },
} as const satisfies Prisma.WebhookInclude;

type WebhookWithParts = Prisma.WebhookGetPayload<{ include: typeof webhookParts }>;

/** Addresses may hold secrets of their receivers, so that only administrators see webhooks at all. */
export async function requireWebhook(
  db: DbTransaction,
  actor: UserActor,
  webhookId: number,
): Promise<Webhook> {
  requireRole(actor, 'administrator');
  const webhook = await db.webhook.findFirst({
    where: { id: webhookId, accountId: actor.accountId },
  });
  if (!webhook) throw errors.notFound('webhook', webhookId);
  return webhook;
}

/** As `requireWebhook`; holds other changes back until the transaction ends. */
export async function lockWebhook(
  tx: DbTransaction,
  actor: UserActor,
  webhookId: number,
): Promise<Webhook> {
  await tx.$executeRaw`SELECT 1 FROM "Webhook" WHERE id = ${webhookId} FOR NO KEY UPDATE`;
  return requireWebhook(tx, actor, webhookId);
}

export function scopeOf(webhook: {
  readonly serviceId: number | null;
  readonly tableId: number | null;
}): WebhookScope {
  if (webhook.tableId !== null) return { kind: 'table', id: webhook.tableId };
  if (webhook.serviceId !== null) return { kind: 'service', id: webhook.serviceId };
  return { kind: 'all' };
}

export function toWebhookResponse(webhook: WebhookWithParts): WebhookResponse {
  const [last] = webhook.deliveries;
  const { previousSecretUntil } = webhook;
  const isOverlap = previousSecretUntil !== null && previousSecretUntil > new Date();
  return webhookResponse.parse({
    id: webhook.id,
    url: webhook.url,
    events: webhook.events,
    scope: scopeOf(webhook),
    scopeName: webhook.table?.name ?? webhook.service?.name ?? null,
    paused: webhook.paused,
    pauseReason: webhook.pauseReason,
    previousSecretUntil: isOverlap ? previousSecretUntil.toISOString() : null,
    createdAt: webhook.createdAt.toISOString(),
    lastDelivery: last?.lastAttemptAt
      ? { state: last.state, at: last.lastAttemptAt.toISOString() }
      : null,
  });
}
