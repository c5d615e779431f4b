import { z } from 'zod';
import { audienceHistory } from '#lib/contracts/audiences.ts';
import { idParameter } from '#lib/contracts/common.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { getHistory } from '#lib/services/audiences/get-history.ts';

export const GET = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  response: audienceHistory,
  handler: ({ actor, params }) => getHistory(actor, params.id),
});
