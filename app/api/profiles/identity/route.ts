import { identityResponse, readProfileParameters } from '#lib/contracts/profiles.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { lookUpIdentity } from '#lib/services/profiles/identity.ts';

export const GET = defineRoute({
  auth: 'session',
  query: readProfileParameters,
  response: identityResponse,
  handler: ({ actor, query }) => lookUpIdentity(actor, query),
});
