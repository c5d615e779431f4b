import { inviteRequest, inviteResponse } from '#lib/contracts/auth.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { inviteMember } from '#lib/services/members.ts';

export const POST = defineRoute({
  auth: 'session',
  body: inviteRequest,
  response: inviteResponse,
  status: 201,
  handler: async ({ actor, body, request }) => {
    const { secret, expiresAt } = await inviteMember(actor, body);
    // The address that the inviting person uses is one that works; it was checked to be ours.
    const url = new URL('/setup', request.headers.get('origin') ?? request.url);
    url.searchParams.set('secret', secret);
    return { url: url.href, expiresAt: expiresAt.toISOString() };
  },
});
