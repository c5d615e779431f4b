import { z } from 'zod';
import { attributeResponse, updateAttributeRequest } from '#lib/contracts/attributes.ts';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { updateAttribute } from '#lib/services/attributes/update-attribute.ts';

export const PATCH = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  body: updateAttributeRequest,
  response: attributeResponse,
  handler: ({ actor, params, body }) => updateAttribute(actor, params.id, body),
});
