import { randomBytes } from 'node:crypto';
import type { Webhook } from '#lib/db/generated/client.ts';
import { decryptSecret, encryptSecret } from '../secrets.ts';

const secretBytes = 32;

/** A signing secret as Standard Webhooks writes it: `whsec_` and base64. */
export function createWebhookSecret(): string {
  return `whsec_${randomBytes(secretBytes).toString('base64')}`;
}

export function encryptWebhookSecret(webhookId: number, secret: string): string {
  return encryptSecret(secret, contextOf(webhookId));
}

/** The secrets that sign at this moment, the current one first. Throws when MASTER_KEY is another one now. */
export function readWebhookSecrets(webhook: Webhook): readonly string[] {
  const { id, secretEncrypted, previousSecretEncrypted, previousSecretUntil } = webhook;
  const isOverlap = previousSecretUntil !== null && previousSecretUntil > new Date();
  const stored =
    isOverlap && previousSecretEncrypted !== null
      ? [secretEncrypted, previousSecretEncrypted]
      : [secretEncrypted];
  return stored.map((encrypted) => decryptSecret(encrypted, contextOf(id)));
}

function contextOf(webhookId: number): string {
  return `webhook:${webhookId}`;
}
