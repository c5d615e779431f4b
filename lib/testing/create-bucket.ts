import { setTimeout as delay } from 'node:timers/promises';
import { CreateBucketCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';

/** Makes a bucket as soon as a server that is starting answers. */
export async function createBucket(options: {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly signal: AbortSignal;
}): Promise<void> {
  const { bucket, signal, ...connection } = options;
  const client = new S3Client({ ...connection, forcePathStyle: true });
  for (;;) {
    signal.throwIfAborted();
    try {
      const abortSignal = signal;
      await client.send(new CreateBucketCommand({ Bucket: bucket }), { abortSignal });
      client.destroy();
      return;
    } catch (error) {
      if (!isStarting(error)) throw error;
      await delay(100);
    }
  }
}

/** Nobody listens yet, or one who still waits for the servers behind. */
function isStarting(error: unknown): boolean {
  if (error instanceof S3ServiceException) return error.$metadata.httpStatusCode === 503;
  return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
}
