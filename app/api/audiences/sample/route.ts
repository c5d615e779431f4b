import { audienceSampleRequest, audienceSampleResponse } from '#lib/contracts/audiences.ts';
import { audienceBodyLimit } from '#lib/http/audience-body-limit.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { sampleAudience } from '#lib/services/audiences/questions/sample-audience.ts';

export const POST = defineRoute({
  auth: 'session',
  body: audienceSampleRequest,
  bodyLimit: audienceBodyLimit,
  response: audienceSampleResponse,
  handler: ({ actor, body, request }) => sampleAudience(actor, { ...body, signal: request.signal }),
});
