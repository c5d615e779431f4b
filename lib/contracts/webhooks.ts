import { z } from 'zod';
import { id, pageOf, pageParameters, timestamp } from './common.ts';
import { shortList } from './short-list.ts';

/** How an upload may end, as webhooks are told. */
export const webhookEvents = [
  'upload.completed',
  'upload.completed_with_errors',
  'upload.failed',
  'upload.cancelled',
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];
const webhookEvent = z.enum(webhookEvents);

/** What "Send test event" sends. */
export const testEvent = 'webhook.test';

function isReceiver(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hash } = new URL(text);
  return /^https?:$/.test(protocol) && username + password + hash === '';
}

const url = z
  .string()
  .trim()
  .max(2_000, 'Use at most 2,000 characters.')
  .refine(
    isReceiver,
    'Enter an address such as https://example.com/hooks, without a user name or a #.',
  );

const events = shortList({
  of: webhookEvent,
  most: 100,
  none: 'Choose at least one event.',
}).transform((chosen) => webhookEvents.filter((event) => chosen.includes(event)));

/** What a webhook hears of: everything, one service, or one table. */
const scope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('service'), id }),
  z.object({ kind: z.literal('table'), id }),
]);
export type WebhookScope = z.infer<typeof scope>;

/** Body of `POST /api/webhooks`. */
export const createWebhookRequest = z.object({
  url,
  events,
  scope,
});
export type CreateWebhookRequest = z.infer<typeof createWebhookRequest>;

/** Body of `PATCH /api/webhooks/<id>`. */
export const updateWebhookRequest = z.object({
  url: url.optional(),
  events: events.optional(),
  scope: scope.optional(),
  paused: z.boolean().optional(),
});
export type UpdateWebhookRequest = z.infer<typeof updateWebhookRequest>;

/** `waiting` for a first or a further try; `failed` when there will be none. */
const deliveryState = z.enum(['waiting', 'delivered', 'failed']);

export const webhookResponse = z.object({
  id,
  url: z.string(),
  events: z.array(webhookEvent),
  scope,
  /** Of the service or table; null for everything. */
  scopeName: z.string().nullable(),
  paused: z.boolean(),
  /** Why OpenDCP itself paused it. */
  pauseReason: z.string().nullable(),
  /** Until when messages are signed with the previous secret, too. */
  previousSecretUntil: timestamp.nullable(),
  createdAt: timestamp,
  /** null until there was a try. */
  lastDelivery: z.object({ state: deliveryState, at: timestamp }).nullable(),
});
export type WebhookResponse = z.infer<typeof webhookResponse>;

/** The secret is shown now or never. */
export const webhookSecretResponse = webhookResponse.extend({ secret: z.string() });
export type WebhookSecretResponse = z.infer<typeof webhookSecretResponse>;

/** Hours that the previous secret signs as well, for receivers that are changed by hand. */
const secretOverlaps = [0, 1, 24, 168] as const;

/** Body of `POST /api/webhooks/<id>/rotate`. */
export const rotateWebhookSecretRequest = z.object({
  overlapHours: z.union(secretOverlaps.map((hours) => z.literal(hours))),
});
export type RotateWebhookSecretRequest = z.infer<typeof rotateWebhookSecretRequest>;

/** Query of `GET /api/webhooks/<id>/deliveries`. */
export const listDeliveriesParameters = pageParameters;
export type ListDeliveriesParameters = z.infer<typeof listDeliveriesParameters>;

const delivery = z.object({
  id,
  messageId: z.string(),
  event: z.enum([...webhookEvents, testEvent]),
  uploadId: id.nullable(),
  fileName: z.string().nullable(),
  state: deliveryState,
  attempts: z.int(),
  nextAttemptAt: timestamp.nullable(),
  lastAttemptAt: timestamp.nullable(),
  lastStatus: z.int().nullable(),
  lastError: z.string().nullable(),
  /** Milliseconds. */
  lastDuration: z.int().nullable(),
  createdAt: timestamp,
});
export type WebhookDelivery = z.infer<typeof delivery>;

export const deliveryPage = pageOf(delivery);
export type DeliveryPage = z.infer<typeof deliveryPage>;
