import { audienceSizeRequest, audienceSizeResponse } from '#lib/contracts/audiences.ts';
import { audienceBodyLimit } from '#lib/http/audience-body-limit.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { measureAudience } from '#lib/services/audiences/questions/measure-audience.ts';

export const POST = defineRoute({
  auth: 'session',
  body: audienceSizeRequest,
  bodyLimit: audienceBodyLimit,
  response: audienceSizeResponse,
  handler: ({ actor, body, request }) =>
    measureAudience(actor, { ...body, signal: request.signal }),
});
