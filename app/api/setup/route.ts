import { acceptInvitationRequest, userResponse } from '#lib/contracts/auth.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { acceptInvitation } from '#lib/services/auth/invitations.ts';

export const POST = defineRoute({
  auth: 'none',
  body: acceptInvitationRequest,
  response: userResponse,
  status: 201,
  handler: ({ body }) => acceptInvitation(body),
});
