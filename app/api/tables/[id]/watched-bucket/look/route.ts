import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { watchedBucketResponse } from '#lib/contracts/watched-buckets.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { lookSoon } from '#lib/services/watched-buckets/change-watch.ts';

export const POST = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  response: watchedBucketResponse.nullable(),
  handler: ({ actor, params }) => lookSoon(actor, params.id),
});
