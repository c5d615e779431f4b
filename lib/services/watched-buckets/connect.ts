import type { S3Client } from '@aws-sdk/client-s3';
import { connectBucket } from '#lib/blob/bucket-client.ts';
import type { WatchedBucket } from '#lib/db/generated/client.ts';
import { decryptSecret, encryptSecret } from '../secrets.ts';
import { createGuardedAgents } from './guarded-agents.ts';

/** Milliseconds until a server that does not answer counts as gone. */
const connectionTimeout = 10_000;
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

export function readKey(watched: WatchedBucket): Key {
  const { tableId, accessKeyId, secretEncrypted } = watched;
  return { accessKeyId, secretAccessKey: decryptSecret(secretEncrypted, contextOf(tableId)) };
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
