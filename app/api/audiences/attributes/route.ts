import { audienceCatalogue, projectParameters } from '#lib/contracts/audiences.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { getAudienceCatalogue } from '#lib/services/audiences/audience-catalogue.ts';

export const GET = defineRoute({
  auth: 'session',
  query: projectParameters,
  response: audienceCatalogue,
  handler: ({ actor, query }) => getAudienceCatalogue(actor, query),
});
