import { Readable } from 'node:stream';
import { GetObjectCommand, S3ServiceException, type S3Client } from '@aws-sdk/client-s3';
import { BlobMissingError, type ByteRange } from './blob-store.ts';

/** A transfer that breaks is taken up where it broke, this often without a byte in between. */
const mostAttempts = 4;

export interface ObjectPlace {
  readonly client: S3Client;
  readonly bucket: string;
  readonly key: string;
  /** The blob's name, for the error. */
  readonly name: string;
  /** The object as it was seen, or the reading fails. */
  readonly ifMatch?: string;
}

/** Bytes of an object of a bucket. @throws BlobMissingError */
export async function* readObject(
  place: () => ObjectPlace,
  { start, end }: ByteRange,
): AsyncGenerator<Buffer> {
  if (end !== undefined && end <= start) return;
  const { client, bucket: Bucket, key: Key, name, ifMatch: IfMatch } = place();
  let position = start;
  let attempts = 0;
  for (;;) {
    try {
      const isWhole = position === 0 && end === undefined;
      const last = end === undefined ? '' : String(end - 1);
      const Range = isWhole ? {} : { Range: `bytes=${position}-${last}` };
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, IfMatch, ...Range }));
      if (!(Body instanceof Readable)) return;
      for await (const chunk of Body as AsyncIterable<Buffer>) {
        position += chunk.length;
        attempts = 0;
        yield chunk;
      }
      return;
    } catch (cause) {
      if (isMissing(cause)) throw new BlobMissingError(name, cause);
      attempts += 1;
      if (cause instanceof S3ServiceException || attempts === mostAttempts) throw cause;
    }
  }
}

/** Not there, or shorter than recorded. */
function isMissing(cause: unknown): boolean {
  if (!(cause instanceof S3ServiceException)) return false;
  return cause.$metadata.httpStatusCode === 404 || cause.$metadata.httpStatusCode === 416;
}
