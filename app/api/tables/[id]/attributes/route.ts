import { z } from 'zod';
import { attributeResponse, createAttributeRequest } from '#lib/contracts/attributes.ts';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { createAttribute } from '#lib/services/attributes/create-attributes.ts';

export const POST = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  body: createAttributeRequest,
  response: attributeResponse,
  status: 201,
  handler: ({ actor, params, body }) => createAttribute(actor, params.id, body),
});
