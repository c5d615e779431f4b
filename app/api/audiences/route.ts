import {
  audiencePage,
  audienceResponse,
  createAudienceRequest,
  listAudiencesParameters,
} from '#lib/contracts/audiences.ts';
import { audienceBodyLimit } from '#lib/http/audience-body-limit.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { getAudience } from '#lib/services/audiences/get-audience.ts';
import { listAudiences } from '#lib/services/audiences/list-audiences.ts';
import { createAudience } from '#lib/services/audiences/save-audience.ts';

export const GET = defineRoute({
  auth: 'session',
  query: listAudiencesParameters,
  response: audiencePage,
  handler: ({ actor, query }) => listAudiences(actor, query),
});

export const POST = defineRoute({
  auth: 'session',
  body: createAudienceRequest,
  bodyLimit: audienceBodyLimit,
  response: audienceResponse,
  status: 201,
  handler: async ({ actor, body }) => getAudience(actor, await createAudience(actor, body)),
});
