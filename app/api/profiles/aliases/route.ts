import { setAliasRequest } from '#lib/contracts/profiles.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { setAlias } from '#lib/services/profiles/identity.ts';

export const POST = defineRoute({
  auth: 'session',
  body: setAliasRequest,
  handler: ({ actor, body }) => setAlias(actor, body),
});
