import type { WebhookSecretResponse } from '../../contracts/webhooks.ts';
import type { UserActor } from '../actor.ts';
import { recordChange } from '../audit.ts';
import { inTransaction } from '../transaction.ts';
import { describeReceiver } from './describe-receiver.ts';
import { getWebhook } from './list-webhooks.ts';
import { lockWebhook } from './visible-webhook.ts';
import { createWebhookSecret, encryptWebhookSecret } from './webhook-secret.ts';

const hour = 3_600_000;

/**
 * Gives the webhook a new secret. Until the end of the overlap messages carry a signature of the one before, too; of an even
 * earlier one no more.
 *
 * @throws `forbidden`, `not-found`
 */
export async function rotateWebhookSecret(
  actor: UserActor,
  webhookId: number,
  { overlapHours }: { readonly overlapHours: number },
): Promise<WebhookSecretResponse> {
  const secret = createWebhookSecret();
  await inTransaction(async (tx) => {
    const webhook = await lockWebhook(tx, actor, webhookId);
    const isOverlap = overlapHours > 0;
    await tx.webhook.update({
      where: { id: webhookId },
      data: {
        secretEncrypted: encryptWebhookSecret(webhookId, secret),
        previousSecretEncrypted: isOverlap ? webhook.secretEncrypted : null,
        previousSecretUntil: isOverlap ? new Date(Date.now() + overlapHours * hour) : null,
      },
    });
    await recordChange(tx, actor, {
      action: 'webhook.secret_rotated',
      objectKind: 'webhook',
      objectId: webhookId,
      objectName: describeReceiver(webhook.url),
      after: { overlapHours },
    });
  });
  return { ...(await getWebhook(actor, webhookId)), secret };
}
