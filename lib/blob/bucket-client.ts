import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

export interface BucketOptions {
  /** `https://s3.example.com`; not given for Amazon's own. */
  readonly endpoint?: string;
  readonly bucket: string;
  readonly region: string;
  /** Starts every key of ours, with the slash at its end; `''` for none. */
  readonly prefix: string;
  /** Not given: as the AWS SDK finds them, for example from the machine's role. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Milliseconds until a server that takes no connection counts as gone. */
export const connectionTimeout = 10_000;

/**
 * A client for a bucket of anybody's making. The checksums that the SDK adds by itself since 2025 break many servers
 * other than Amazon's, so that those get only what they require; the signature covers the bytes all the same.
 */
export function connectBucket(
  options: BucketOptions,
  behaviour: Pick<S3ClientConfig, 'requestHandler' | 'maxAttempts' | 'logger'> = {},
): S3Client {
  const { endpoint, region, credentials } = options;
  const checksums = isAmazon(endpoint) ? 'WHEN_SUPPORTED' : 'WHEN_REQUIRED';
  return new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: !isAmazon(endpoint) }),
    ...(credentials === undefined ? {} : { credentials }),
    requestChecksumCalculation: checksums,
    responseChecksumValidation: checksums,
    maxAttempts: 5,
    ...behaviour,
  });
}

function isAmazon(endpoint: string | undefined): boolean {
  return endpoint === undefined || /\.amazonaws\.com(\.cn)?$/.test(new URL(endpoint).hostname);
}
