import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { sendAgain } from '#lib/services/webhooks/deliveries.ts';

export const POST = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter, deliveryId: idParameter }),
  handler: ({ actor, params }) => sendAgain(actor, params.id, params.deliveryId),
});
