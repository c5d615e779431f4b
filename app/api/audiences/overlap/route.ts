import { audienceOverlap, overlapParameters } from '#lib/contracts/audiences.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { getOverlap } from '#lib/services/audiences/crossings/get-overlap.ts';

export const GET = defineRoute({
  auth: 'session',
  query: overlapParameters,
  response: audienceOverlap,
  handler: ({ actor, query, request }) => getOverlap(actor, query.ids, request.signal),
});
