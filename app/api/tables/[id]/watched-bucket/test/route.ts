import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { testConnectionResponse } from '#lib/contracts/credentials.ts';
import { saveWatchedBucketRequest } from '#lib/contracts/watched-buckets.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { testWatchedBucket } from '#lib/services/watched-buckets/test-watched-bucket.ts';

export const POST = defineRoute({
  auth: 'session',
  params: z.object({ id: idParameter }),
  body: saveWatchedBucketRequest,
  response: testConnectionResponse,
  handler: ({ actor, params, body }) => testWatchedBucket(actor, params.id, body),
});
