import { s3Errors } from '../errors.ts';
import type { S3Command } from '../s3-command.ts';

/** Some clients create the bucket to be sure that it is there, and take this answer for a yes. */
export const createBucket: S3Command = {
  name: 'CreateBucket',
  body: 'document',
  run: ({ bucket, settings }) =>
    Promise.reject(
      bucket === settings.bucket ? s3Errors.BucketAlreadyOwnedByYou() : s3Errors.AccessDenied(),
    ),
};
