import { authorizeRead } from '../confinement.ts';
import { s3Errors } from '../errors.ts';
import type { ObjectRange } from '../object-range.ts';
import { decodePercent } from '../percent-encoding.ts';
import type { ObjectRecord } from '../ports.ts';
import { judgeReadConditions } from '../read-conditions.ts';
import type { RequestHeaders } from '../request-headers.ts';
import type { S3Context } from '../s3-command.ts';

const conditionPrefix = 'x-amz-copy-source-';

/**
 * The object that a copy is made of. The credential must be one that may read it, and the conditions of the request
 * must hold.
 *
 * @throws AccessDenied outside the credential's prefix; InvalidArgument, NoSuchBucket, NoSuchKey, NoSuchVersion,
 *   PreconditionFailed
 */
export async function requireCopySource(context: S3Context): Promise<ObjectRecord> {
  const { headers, settings, credential, objects } = context;
  const source = parseCopySource(headers.get('x-amz-copy-source') ?? '');
  if (source.bucket !== settings.bucket) throw s3Errors.NoSuchBucket(source.bucket);
  authorizeRead(credential, source.key);
  if (source.version !== 'null') throw s3Errors.NoSuchVersion();
  const object = await objects.get(source.key);
  if (!object) throw s3Errors.NoSuchKey();
  const verdict = judgeReadConditions(headers, object, conditionPrefix);
  if (verdict !== 'proceed') throw s3Errors.PreconditionFailed();
  return object;
}

/**
 * Reads `x-amz-copy-source-range`; the whole object without one.
 *
 * @throws InvalidArgument unless it is `bytes=first-last` within the object, as Amazon S3 does
 */
export function parseCopyRange(headers: RequestHeaders, size: number): ObjectRange {
  const header = headers.get('x-amz-copy-source-range');
  if (header === undefined) return { start: 0, end: size };
  const match = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(header.trim());
  const [first, last] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || last < first) {
    throw s3Errors.InvalidArgument(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    );
  }
  if (last < size) return { start: first, end: last + 1 };
  throw s3Errors.InvalidArgument(`Range specified is not valid for source object of size: ${size}`);
}

/** `/bucket/key` or `bucket/key`, percent-encoded, and `?versionId=` behind it. */
function parseCopySource(header: string): { bucket: string; key: string; version: string } {
  const [, path = '', version = 'null'] = /^\/?(.*?)(?:\?versionId=(.*))?$/s.exec(header) ?? [];
  const decoded = decodePercent(path);
  const slash = decoded?.indexOf('/') ?? -1;
  if (decoded === null || slash < 1 || slash === decoded.length - 1) {
    throw s3Errors.InvalidArgument(
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    );
  }
  return { bucket: decoded.slice(0, slash), key: decoded.slice(slash + 1), version };
}
