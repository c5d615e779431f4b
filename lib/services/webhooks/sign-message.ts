import { createHmac } from 'node:crypto';

export interface WebhookMessage {
  readonly messageId: string;
  /** Seconds since 1970, of this try. */
  readonly timestamp: number;
  readonly body: string;
}

/** Headers by which a receiver knows the sender, as Standard Webhooks 1.0 has them; one signature for each secret. */
export function signMessage(
  { messageId, timestamp, body }: WebhookMessage,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const signed = `${messageId}.${timestamp}.${body}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  });
  return {
    'webhook-id': messageId,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
