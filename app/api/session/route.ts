import { userResponse } from '#lib/contracts/auth.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { refreshSession } from '#lib/services/auth/session.ts';
import { getMember } from '#lib/services/members.ts';

/** Who is signed in; also what keeps the session of an open dashboard alive. */
export const GET = defineRoute({
  auth: 'session',
  handler: async ({ actor, request }) => {
    const member = await getMember(actor, actor.userId);
    const headers = await refreshSession(request.headers);
    headers.set('cache-control', 'no-store');
    return Response.json(userResponse.parse(member), { headers });
  },
});
