import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';

/** Makes a bucket as soon as a server that is starting answers, and waits until it takes objects. */
export async function createBucket(options: {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly signal: AbortSignal;
}): Promise<void> {
  const { bucket, signal, ...connection } = options;
  const requestChecksumCalculation = 'WHEN_REQUIRED';
  const client = new S3Client({ ...connection, forcePathStyle: true, requestChecksumCalculation });
  const object = { Bucket: bucket, Key: 'is-there' };
  const commands = [
    () => client.send(new CreateBucketCommand({ Bucket: bucket }), { abortSignal: signal }),
    () => client.send(new PutObjectCommand({ ...object, Body: 'x' }), { abortSignal: signal }),
    () => client.send(new DeleteObjectCommand(object), { abortSignal: signal }),
  ];
  for (const command of commands) await onceStarted(command, signal);
  client.destroy();
}

async function onceStarted(command: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    try {
      await command();
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
