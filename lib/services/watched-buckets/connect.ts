import type { S3Client } from '@aws-sdk/client-s3';
import { connectBucket, connectionTimeout } from '#lib/blob/bucket-client.ts';
import type { WatchedBucket } from '#lib/db/generated/client.ts';
import { decryptSecret, encryptSecret } from '../secrets.ts';
import { createGuardedAgents } from '../guarded-agents.ts';

/** Milliseconds until a server that does not answer counts as gone. */
const socketTimeout = 60_000;

export interface BucketPlace {
  /** null for Amazon's own. */
  readonly endpoint: string | null;
  readonly bucket: string;
  readonly region: string;
  readonly prefix: string;
}

interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export function connect(
  { endpoint, bucket, region, prefix }: BucketPlace,
  credentials: Key,
  maxAttempts = 3,
): S3Client {
  const requestHandler = { ...createGuardedAgents(), connectionTimeout, socketTimeout };
  return connectBucket(
    { bucket, region, prefix, credentials, ...(endpoint === null ? {} : { endpoint }) },
    { requestHandler, maxAttempts },
  );
}

/** The stored secret cannot be decrypted. */
export class UnreadableSecretError extends Error {
  constructor(cause: unknown) {
    super('The stored secret cannot be decrypted.', { cause });
    this.name = 'UnreadableSecretError';
  }
}

/** @throws UnreadableSecretError when MASTER_KEY is not the one that the secret was encrypted with */
export function readKey({ tableId, accessKeyId, secretEncrypted }: WatchedBucket): Key {
  try {
    return { accessKeyId, secretAccessKey: decryptSecret(secretEncrypted, contextOf(tableId)) };
  } catch (cause) {
    throw new UnreadableSecretError(cause);
  }
}

export function encryptKey(tableId: number, secretAccessKey: string): string {
  return encryptSecret(secretAccessKey, contextOf(tableId));
}

function contextOf(tableId: number): string {
  return `watched-bucket:${tableId}`;
}

/** As people write it: `s3://exports/daily/`. */
export function describePlace({ bucket, prefix }: Pick<BucketPlace, 'bucket' | 'prefix'>): string {
  return `s3://${bucket}/${prefix}`;
}
