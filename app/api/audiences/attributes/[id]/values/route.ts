import { z } from 'zod';
import { suggestedValues, suggestValuesParameters } from '#lib/contracts/audiences.ts';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { suggestAttributeValues } from '#lib/services/insight/suggest-attribute-values.ts';

/** What a value may be completed to while it is typed. */
export const GET = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  query: suggestValuesParameters,
  response: suggestedValues,
  handler: ({ actor, params, query }) => suggestAttributeValues(actor, params.id, query),
});
