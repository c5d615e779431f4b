import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { owner, region, type TestServer } from './test-server.ts';

/** The newest AWS SDK as a user sets it up: endpoint, path style and key, everything else by default. */
export function sdkClient(
  server: TestServer,
  { credential = owner, ...config }: S3ClientConfig & { readonly credential?: typeof owner } = {},
): S3Client {
  const { accessKeyId, secret: secretAccessKey } = credential;
  return new S3Client({
    endpoint: server.endpoint,
    forcePathStyle: true,
    region,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
    ...config,
  });
}
