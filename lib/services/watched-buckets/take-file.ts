import { createHash } from 'node:crypto';
import { HeadObjectCommand, S3ServiceException, type S3Client } from '@aws-sdk/client-s3';
import { BlobMissingError, type BlobRef, type BlobStore } from '#lib/blob/blob-store.ts';
import { readObject } from '#lib/blob/read-object.ts';
import type { Table, WatchedBucket } from '#lib/db/generated/client.ts';
import { lockRow } from '#lib/db/locks.ts';
import { checkKey } from '#lib/s3/object-key.ts';
import type { ObjectDescription } from '#lib/s3/ports.ts';
import { s3PathOf } from '../connection/s3-endpoint.ts';
import { publishObject } from '../objects/publish-object.ts';
import { inTransaction } from '../transaction.ts';
import { describePlace } from './connect.ts';
import { isSameVersion, relativeKey, type FoundFile } from './list-news.ts';

const maxBytes = 10 * 1024 ** 3;

export interface Look {
  readonly client: S3Client;
  readonly blobs: BlobStore;
  readonly watched: WatchedBucket;
  readonly table: Table;
  /** Ends the look with its process. */
  readonly signal: AbortSignal;
}

/**
 * Copies one version of a file and queues it as an upload; notes it in the same transaction, so that it is loaded once however
 * many workers look and whenever one of them dies. A file that can never be loaded is noted with the reason.
 * One that changed or went meanwhile is left to the next look.
 *
 * @throws whatever the bucket or the blob store fails with
 */
export async function takeFile(look: Look, file: FoundFile): Promise<void> {
  const key = `${s3PathOf(look.table)}/${relativeKey(look.watched.prefix, file.key)}`;
  const problem = findProblem(key, file);
  if (problem !== null) {
    await note(look, { file, problem, publish: null });
    return;
  }
  try {
    await copy(look, { file, key });
  } catch (error) {
    if (isGoneOrChanged(error)) return;
    if (!(error instanceof S3ServiceException) || error.name !== 'InvalidObjectState') throw error;
    const archived =
      'The file is in an archive storage class and cannot be read before it is restored.';
    await note(look, { file, problem: archived, publish: null });
  }
}

function findProblem(key: string, { size }: FoundFile): string | null {
  if (size > maxBytes) return 'The file is larger than 10 GB. Split it.';
  return checkKey(key)?.message ?? null;
}

function isGoneOrChanged(error: unknown): boolean {
  if (error instanceof BlobMissingError) return true;
  if (!(error instanceof S3ServiceException)) return false;
  const { httpStatusCode } = error.$metadata;
  return httpStatusCode === 404 || httpStatusCode === 412;
}

async function copy(
  look: Look,
  { file, key }: { readonly file: FoundFile; readonly key: string },
): Promise<void> {
  const { client, blobs, watched, signal } = look;
  const { bucket: Bucket } = watched;
  const { etag: ifMatch } = file;
  const head = await client.send(
    new HeadObjectCommand({ Bucket, Key: file.key, IfMatch: ifMatch }),
    { abortSignal: signal },
  );
  const place = () => ({ client, bucket: Bucket, key: file.key, name: file.key, ifMatch });
  const md5 = createHash('md5');
  const writer = await blobs.create(file.size);
  let received = 0;
  try {
    for await (const chunk of readObject(place, { start: 0 })) {
      signal.throwIfAborted();
      received += chunk.length;
      // What goes on would fill the disk.
      if (received > file.size) throw new Error(`More than the ${file.size} bytes announced came.`);
      md5.update(chunk);
      await writer.write(chunk);
    }
    const blob = await writer.publish();
    if (blob.size !== file.size)
      throw new Error(`${file.size} bytes announced, ${blob.size} came.`);
    const isPublished = await note(look, {
      file,
      problem: null,
      publish: {
        key,
        blob,
        etag: md5.digest('hex'),
        contentType: head.ContentType ?? null,
        contentEncoding: head.ContentEncoding ?? null,
        metadata: head.Metadata ?? {},
      },
    });
    if (!isPublished) await blobs.remove([blob.name]);
  } finally {
    await writer.discard();
  }
}

interface Note {
  readonly file: FoundFile;
  readonly problem: string | null;
  readonly publish:
    | (ObjectDescription & { readonly key: string; readonly blob: BlobRef; readonly etag: string })
    | null;
}

/** False where the watch was ended or turned elsewhere meanwhile, or another worker was faster. */
function note(
  { watched: { tableId, endpoint, bucket, prefix } }: Look,
  { file, problem, publish }: Note,
): Promise<boolean> {
  return inTransaction(async (tx) => {
    // As everybody does who changes the watch.
    await lockRow(tx, 'Table', tableId);
    const watched = await tx.watchedBucket.findUnique({ where: { tableId } });
    const isElsewhere =
      watched?.endpoint !== endpoint || watched.bucket !== bucket || watched.prefix !== prefix;
    if (isElsewhere || watched.paused) return false;
    const id = { tableId_key: { tableId, key: file.key } };
    if (isSameVersion(file, await tx.watchedFile.findUnique({ where: id }))) return false;
    if (publish) {
      const { blob, ...object } = publish;
      await publishObject(tx, {
        ...object,
        credential: { kind: 'bucket', tableId, place: describePlace(watched) },
        parts: [blob],
        size: blob.size,
        checksum: null,
        conditions: {},
        clientRequest: null,
      });
    }
    const { etag, modifiedAt } = file;
    const version = { etag, modifiedAt, problem, seenAt: new Date() };
    await tx.watchedFile.upsert({
      where: id,
      create: { tableId, key: file.key, ...version },
      update: version,
    });
    return true;
  });
}
