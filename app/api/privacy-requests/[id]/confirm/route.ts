import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { confirmPrivacyRequest, privacyRequestResponse } from '#lib/contracts/privacy-requests.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { confirmErasure } from '#lib/services/privacy/requests.ts';

export const POST = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  body: confirmPrivacyRequest,
  response: privacyRequestResponse,
  handler: ({ actor, params: { id }, body }) => confirmErasure(actor, id, body),
});
