import type { DbTransaction } from '#lib/db/client.ts';
import { reserveIds } from '#lib/db/reserve-ids.ts';
import type {
  CreateWebhookRequest,
  UpdateWebhookRequest,
  WebhookResponse,
  WebhookScope,
  WebhookSecretResponse,
} from '../../contracts/webhooks.ts';
import { errors } from '../../core/errors.ts';
import type { UserActor } from '../actor.ts';
import { recordChange } from '../audit.ts';
import { hasForbiddenHost } from '../guarded-agents.ts';
import { requireRole } from '../permissions.ts';
import { inTransaction } from '../transaction.ts';
import { describeReceiver } from './describe-receiver.ts';
import { getWebhook } from './list-webhooks.ts';
import { lockWebhook, scopeOf } from './visible-webhook.ts';
import { createWebhookSecret, encryptWebhookSecret } from './webhook-secret.ts';

const mostWebhooks = 50;

/**
 * Adds a webhook; its signing secret is answered once and stored encrypted. It hears of uploads that end from now on.
 *
 * @throws `forbidden`, `not-found` (service or table), `invalid-fields`, `conflict` when there are 50 already
 */
export async function createWebhook(
  actor: UserActor,
  { url, events, scope }: CreateWebhookRequest,
): Promise<WebhookSecretResponse> {
  requireRole(actor, 'administrator');
  refuseForbiddenHost(url);
  const secret = createWebhookSecret();
  const [id] = await reserveIds('Webhook', 1);
  if (id === undefined) throw new Error('The database gave no id.');
  await inTransaction(async (tx) => {
    const { accountId } = actor;
    if ((await tx.webhook.count({ where: { accountId } })) >= mostWebhooks) {
      throw errors.conflict(`An account has at most ${mostWebhooks} webhooks.`);
    }
    const place = await toColumns(tx, actor, scope);
    const secretEncrypted = encryptWebhookSecret(id, secret);
    await tx.webhook.create({ data: { id, accountId, url, events, secretEncrypted, ...place } });
    await recordChange(tx, actor, {
      action: 'webhook.created',
      objectKind: 'webhook',
      objectId: id,
      objectName: describeReceiver(url),
      after: { receiver: describeReceiver(url), events, scope },
    });
  });
  return { ...(await getWebhook(actor, id)), secret };
}

/**
 * Changes what the request names. While it is paused nothing is sent, and what happens meanwhile is not sent later.
 *
 * @throws `forbidden`, `not-found`, `invalid-fields`
 */
export async function updateWebhook(
  actor: UserActor,
  webhookId: number,
  { url, events, scope, paused }: UpdateWebhookRequest,
): Promise<WebhookResponse> {
  requireRole(actor, 'administrator');
  if (url !== undefined) refuseForbiddenHost(url);
  await inTransaction(async (tx) => {
    const stored = await lockWebhook(tx, actor, webhookId);
    await tx.webhook.update({
      where: { id: webhookId },
      data: {
        ...(url === undefined ? {} : { url }),
        ...(events === undefined ? {} : { events }),
        ...(scope === undefined ? {} : await toColumns(tx, actor, scope)),
        ...(paused === undefined ? {} : { paused, pauseReason: null }),
      },
    });
    await recordChange(tx, actor, {
      action: actionOf(paused, stored.paused),
      objectKind: 'webhook',
      objectId: webhookId,
      objectName: describeReceiver(url ?? stored.url),
      before: {
        receiver: describeReceiver(stored.url),
        events: stored.events,
        scope: scopeOf(stored),
        paused: stored.paused,
      },
      after: {
        receiver: describeReceiver(url ?? stored.url),
        events: events ?? stored.events,
        scope: scope ?? scopeOf(stored),
        paused: paused ?? stored.paused,
      },
    });
  });
  return getWebhook(actor, webhookId);
}

/** Forgets the webhook with its secret and its deliveries. @throws `forbidden`, `not-found` */
export async function deleteWebhook(actor: UserActor, webhookId: number): Promise<void> {
  await inTransaction(async (tx) => {
    const { url, events } = await lockWebhook(tx, actor, webhookId);
    await tx.webhook.delete({ where: { id: webhookId } });
    await recordChange(tx, actor, {
      action: 'webhook.deleted',
      objectKind: 'webhook',
      objectId: webhookId,
      objectName: describeReceiver(url),
      before: { receiver: describeReceiver(url), events },
    });
  });
}

function actionOf(wanted: boolean | undefined, stored: boolean): string {
  if (wanted === undefined || wanted === stored) return 'webhook.updated';
  return wanted ? 'webhook.paused' : 'webhook.resumed';
}

function refuseForbiddenHost(url: string): void {
  if (!hasForbiddenHost(url)) return;
  throw errors.invalidFields({ url: 'Messages are not sent to this address.' });
}

async function toColumns(tx: DbTransaction, actor: UserActor, scope: WebhookScope) {
  const { accountId } = actor;
  if (scope.kind === 'all') return { serviceId: null, tableId: null };
  const { id } = scope;
  if (scope.kind === 'service') {
    const service = await tx.service.findFirst({ where: { id, accountId } });
    if (!service) throw errors.notFound('service', id);
    return { serviceId: id, tableId: null };
  }
  const table = await tx.table.findFirst({ where: { id, service: { accountId } } });
  if (!table) throw errors.notFound('table', id);
  return { serviceId: null, tableId: id };
}
