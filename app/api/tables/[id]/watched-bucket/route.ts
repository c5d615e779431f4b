import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import {
  pauseWatchedBucketRequest,
  saveWatchedBucketRequest,
  watchedBucketResponse,
} from '#lib/contracts/watched-buckets.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import {
  pauseWatchedBucket,
  removeWatchedBucket,
} from '#lib/services/watched-buckets/change-watch.ts';
import { getWatchedBucket } from '#lib/services/watched-buckets/get-watched-bucket.ts';
import { saveWatchedBucket } from '#lib/services/watched-buckets/save-watched-bucket.ts';

const params = z.object({ id: idParameter });
const response = watchedBucketResponse.nullable();

export const GET = defineRoute({
  auth: 'session',
  params,
  response,
  handler: ({ actor, params: { id } }) => getWatchedBucket(actor, id),
});

export const POST = defineRoute({
  auth: 'session',
  params,
  body: saveWatchedBucketRequest,
  response,
  handler: ({ actor, params: { id }, body }) => saveWatchedBucket(actor, id, body),
});

export const PATCH = defineRoute({
  auth: 'session',
  params,
  body: pauseWatchedBucketRequest,
  response,
  handler: ({ actor, params: { id }, body }) => pauseWatchedBucket(actor, id, body.paused),
});

export const DELETE = defineRoute({
  auth: 'session',
  params,
  handler: ({ actor, params: { id } }) => removeWatchedBucket(actor, id),
});
