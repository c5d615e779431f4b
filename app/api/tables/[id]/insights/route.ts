import { z } from 'zod';
import { tableInsights } from '#lib/contracts/attributes.ts';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { listInsights } from '#lib/services/insight/list-insights.ts';

/** What a list of a table's attributes shows of their values. */
export const GET = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  response: tableInsights,
  handler: ({ actor, params }) => listInsights(actor, params.id),
});
