import { z } from 'zod';
import { audienceBreakdown, breakdownParameters } from '#lib/contracts/audiences.ts';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { getBreakdown } from '#lib/services/audiences/crossings/get-breakdown.ts';

export const GET = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  query: breakdownParameters,
  response: audienceBreakdown,
  handler: ({ actor, params, query, request: { signal } }) =>
    getBreakdown(actor, params.id, { ...query, signal }),
});
