import { profileResponse, readProfileParameters } from '#lib/contracts/profiles.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { lookUpProfile } from '#lib/services/profiles.ts';

export const GET = defineRoute({
  auth: 'session',
  query: readProfileParameters,
  response: profileResponse,
  handler: ({ actor, query }) => lookUpProfile(actor, query),
});
