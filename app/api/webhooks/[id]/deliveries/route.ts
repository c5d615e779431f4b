import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { deliveryPage, listDeliveriesParameters } from '#lib/contracts/webhooks.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { listDeliveries } from '#lib/services/webhooks/deliveries.ts';

export const GET = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  query: listDeliveriesParameters,
  response: deliveryPage,
  handler: ({ actor, params, query }) => listDeliveries(actor, params.id, query),
});
