import { audienceTestRequest, audienceTestResponse } from '#lib/contracts/audiences.ts';
import { audienceBodyLimit } from '#lib/http/audience-body-limit.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { testCustomer } from '#lib/services/audiences/questions/test-customer.ts';

export const POST = defineRoute({
  auth: 'session',
  body: audienceTestRequest,
  bodyLimit: audienceBodyLimit,
  response: audienceTestResponse,
  handler: ({ actor, body }) => testCustomer(actor, body),
});
