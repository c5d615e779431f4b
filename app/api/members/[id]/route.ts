import { z } from 'zod';
import { changeRoleRequest, userResponse } from '#lib/contracts/auth.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { changeMemberRole, removeMember } from '#lib/services/members.ts';

const params = z.object({ id: z.string() });

export const PATCH = defineRoute({
  auth: 'session',
  params,
  body: changeRoleRequest,
  response: userResponse,
  handler: ({ actor, params: { id }, body }) => changeMemberRole(actor, id, body.role),
});

export const DELETE = defineRoute({
  auth: 'session',
  params,
  handler: ({ actor, params: { id } }) => removeMember(actor, id),
});
