import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { getDb } from '#lib/db/client.ts';
import type { TestConnectionResponse } from '../../contracts/credentials.ts';
import type { SaveWatchedBucketRequest } from '../../contracts/watched-buckets.ts';
import type { Actor } from '../actor.ts';
import { requireRole, requireScope } from '../permissions.ts';
import { requireTable } from '../tables/visible-table.ts';
import { connect, describePlace } from './connect.ts';
import { explainError } from './explain-error.ts';
import { isLoadable } from './list-news.ts';
import { refusePlace, secretFor } from './save-watched-bucket.ts';

const patience = 15_000;

/** Lists the bucket and reads a byte of its first file, as a look would; nothing is stored. */
export async function testWatchedBucket(
  actor: Actor,
  tableId: number,
  request: SaveWatchedBucketRequest,
): Promise<TestConnectionResponse> {
  requireScope(actor, 'write-configuration');
  requireRole(actor, 'editor');
  const table = await requireTable(getDb(), actor, tableId);
  refusePlace(table, request);
  const stored = await getDb().watchedBucket.findUnique({ where: { tableId } });
  const { accessKeyId } = request;
  const client = connect(request, { accessKeyId, secretAccessKey: secretFor(stored, request) }, 1);
  const started = performance.now();
  const finish = (ok: boolean, message: string) => ({
    ok,
    message,
    milliseconds: Math.round(performance.now() - started),
  });
  const { bucket: Bucket, prefix: Prefix } = request;
  const abortSignal = AbortSignal.timeout(patience);
  try {
    const list = new ListObjectsV2Command({ Bucket, Prefix });
    const { Contents = [], IsTruncated } = await client.send(list, { abortSignal });
    const files = Contents.filter(({ Key = '' }) => isLoadable(request.prefix, Key));
    const [first] = files;
    if (!first?.Key) return finish(true, `No files are in ${describePlace(request)} yet.`);
    const get = new GetObjectCommand({
      Bucket,
      Key: first.Key,
      ...(first.Size ? { Range: 'bytes=0-0' } : {}),
    });
    const { Body } = await client.send(get, { abortSignal });
    await Body?.transformToByteArray();
    const count = `${files.length}${IsTruncated ? ' or more' : ''}`;
    return finish(
      true,
      files.length === 1 && !IsTruncated
        ? 'There is 1 file, and it can be read.'
        : `There are ${count} files, and they can be read.`,
    );
  } catch (error) {
    return finish(false, explainError(error));
  } finally {
    client.destroy();
  }
}
