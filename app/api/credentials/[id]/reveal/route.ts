import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { revealSecretResponse } from '#lib/contracts/credentials.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { revealSecret } from '#lib/services/credentials.ts';

export const POST = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  response: revealSecretResponse,
  handler: ({ actor, params }) => revealSecret(actor, params.id),
});
