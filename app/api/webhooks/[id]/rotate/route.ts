import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { rotateWebhookSecretRequest, webhookSecretResponse } from '#lib/contracts/webhooks.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { rotateWebhookSecret } from '#lib/services/webhooks/rotate-secret.ts';

export const POST = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  body: rotateWebhookSecretRequest,
  response: webhookSecretResponse,
  handler: ({ actor, params, body }) => rotateWebhookSecret(actor, params.id, body),
});
