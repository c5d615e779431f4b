import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { privacyRequestResponse } from '#lib/contracts/privacy-requests.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { cancelPrivacyRequest } from '#lib/services/privacy/requests.ts';

export const POST = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  response: privacyRequestResponse,
  handler: ({ actor, params: { id } }) => cancelPrivacyRequest(actor, id),
});
