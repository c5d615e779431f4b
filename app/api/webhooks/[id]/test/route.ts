import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { sendTestEvent } from '#lib/services/webhooks/deliveries.ts';

export const POST = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  handler: ({ actor, params }) => sendTestEvent(actor, params.id),
});
