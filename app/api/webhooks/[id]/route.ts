import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { updateWebhookRequest, webhookResponse } from '#lib/contracts/webhooks.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { getWebhook } from '#lib/services/webhooks/list-webhooks.ts';
import { deleteWebhook, updateWebhook } from '#lib/services/webhooks/save-webhook.ts';

const params = z.object({ id: idParameter });

export const GET = defineRoute({
  auth: 'session',
  params,
  response: webhookResponse,
  handler: ({ actor, params: { id } }) => getWebhook(actor, id),
});

export const PATCH = defineRoute({
  auth: 'session',
  params,
  body: updateWebhookRequest,
  response: webhookResponse,
  handler: ({ actor, params: { id }, body }) => updateWebhook(actor, id, body),
});

export const DELETE = defineRoute({
  auth: 'session',
  params,
  handler: ({ actor, params: { id } }) => deleteWebhook(actor, id),
});
