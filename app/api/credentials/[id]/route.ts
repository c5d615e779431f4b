import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { endCredential } from '#lib/services/credentials.ts';

export const DELETE = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  handler: ({ actor, params }) => endCredential(actor, params.id),
});
