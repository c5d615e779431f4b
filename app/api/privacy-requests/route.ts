import {
  createPrivacyRequest as createBody,
  listPrivacyRequestsParameters,
  privacyRequestPage,
  privacyRequestResponse,
} from '#lib/contracts/privacy-requests.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { createPrivacyRequest, listPrivacyRequests } from '#lib/services/privacy/requests.ts';

export const GET = defineRoute({
  auth: 'session',
  query: listPrivacyRequestsParameters,
  response: privacyRequestPage,
  handler: ({ actor, query }) => listPrivacyRequests(actor, query),
});

/** People see first what would be erased. */
export const POST = defineRoute({
  auth: 'session',
  body: createBody,
  response: privacyRequestResponse,
  status: 201,
  handler: ({ actor, body }) => createPrivacyRequest(actor, { ...body, needsConfirmation: true }),
});
