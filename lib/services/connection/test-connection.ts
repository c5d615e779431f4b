import { ListObjectsV2Command, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { roleConfig } from '#lib/config/role-config.ts';
import type { TestConnectionResponse } from '../../contracts/credentials.ts';
import type { AccessKey } from '../credentials/access-key.ts';

const patience = 5_000;

/** Lists the table's prefix with its own key, as any client would, and says how that went. */
export async function tryListing(options: {
  readonly endpoint: string;
  readonly key: AccessKey;
  readonly s3Path: string;
}): Promise<TestConnectionResponse> {
  const { importBucket, s3Region } = roleConfig();
  const client = new S3Client({
    endpoint: options.endpoint,
    region: s3Region,
    forcePathStyle: true,
    credentials: options.key,
    maxAttempts: 1,
  });
  const started = performance.now();
  const finish = (ok: boolean, message: string) => ({
    ok,
    message,
    milliseconds: Math.round(performance.now() - started),
  });
  try {
    const listing = await client.send(
      new ListObjectsV2Command({
        Bucket: importBucket,
        Prefix: `${options.s3Path}/`,
        MaxKeys: 1,
      }),
      { abortSignal: AbortSignal.timeout(patience) },
    );
    const files = listing.KeyCount ? 'Files are there already.' : 'No files are there yet.';
    return finish(true, `The endpoint answered and the access key may list its path. ${files}`);
  } catch (error) {
    return finish(false, explain(error, options.endpoint));
  } finally {
    client.destroy();
  }
}

function explain(error: unknown, endpoint: string): string {
  if (error instanceof S3ServiceException) {
    return `The endpoint refused the access key: ${error.message} (${error.name})`;
  }
  const reason = error instanceof Error ? error.message || error.name : String(error);
  return (
    `The endpoint ${endpoint} did not answer from this server (${reason}). ` +
    'Check that the edge role runs, and PUBLIC_S3_URL when a proxy stands in front of it.'
  );
}
