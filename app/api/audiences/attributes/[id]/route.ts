import { z } from 'zod';
import { attributeInsight } from '#lib/contracts/audiences.ts';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { getInsight } from '#lib/services/insight/get-insight.ts';

export const GET = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  response: attributeInsight,
  handler: ({ actor, params }) => getInsight(actor, params.id),
});
