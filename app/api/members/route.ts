import { z } from 'zod';
import { userResponse } from '#lib/contracts/auth.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { listMembers } from '#lib/services/members.ts';

export const GET = defineRoute({
  auth: 'session',
  response: z.array(userResponse),
  handler: ({ actor }) => listMembers(actor),
});
