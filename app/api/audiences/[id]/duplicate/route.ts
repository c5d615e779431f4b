import { z } from 'zod';
import { audienceResponse } from '#lib/contracts/audiences.ts';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { duplicateAudience } from '#lib/services/audiences/duplicate-audience.ts';
import { getAudience } from '#lib/services/audiences/get-audience.ts';

export const POST = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  response: audienceResponse,
  status: 201,
  handler: async ({ actor, params }) =>
    getAudience(actor, await duplicateAudience(actor, params.id)),
});
