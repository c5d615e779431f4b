import { z } from 'zod';
import { attributeResponse, createAttributesRequest } from '#lib/contracts/attributes.ts';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { createAttributes } from '#lib/services/attributes/create-attributes.ts';

export const POST = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  body: createAttributesRequest,
  response: z.object({ attributes: z.array(attributeResponse) }),
  status: 201,
  handler: async ({ actor, params, body }) => ({
    attributes: await createAttributes(actor, params.id, body.attributes),
  }),
});
