import { z } from 'zod';
import {
  createWebhookRequest,
  webhookResponse,
  webhookSecretResponse,
} from '#lib/contracts/webhooks.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { listWebhooks } from '#lib/services/webhooks/list-webhooks.ts';
import { createWebhook } from '#lib/services/webhooks/save-webhook.ts';

export const GET = defineRoute({
  auth: 'session',
  response: z.array(webhookResponse),
  handler: ({ actor }) => listWebhooks(actor),
});

export const POST = defineRoute({
  auth: 'session',
  body: createWebhookRequest,
  response: webhookSecretResponse,
  status: 201,
  handler: ({ actor, body }) => createWebhook(actor, body),
});
