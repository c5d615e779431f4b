import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { revokeToken } from '#lib/services/tokens/tokens.ts';

export const DELETE = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  handler: ({ actor, params: { id } }) => revokeToken(actor, id),
});
