import type { S3Command } from '../s3-command.ts';

/** Says that the bucket is there, and in which region. */
export const headBucket: S3Command = {
  name: 'HeadBucket',
  body: 'none',
  run: ({ settings }) =>
    Promise.resolve({ status: 200, headers: { 'x-amz-bucket-region': settings.region } }),
};
