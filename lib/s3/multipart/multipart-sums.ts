import { createHash } from 'node:crypto';
import { s3Errors } from '../errors.ts';
import { checksumHeader, type Checksum, type ChecksumAlgorithm } from '../payload/checksum.ts';
import { combineCrc, isCombinable } from '../payload/combine-crc.ts';
import { digestOf } from '../payload/hasher.ts';
import type { MultipartPart, MultipartUpload } from '../ports.ts';
import type { RequestHeaders } from '../request-headers.ts';

/**
 * The ETag that every S3 client expects of a multipart object.
 *
 * @param etags hex MD5 of each part, in order
 * @example multipartEtag(['d41d8cd98f00b204e9800998ecf8427e']) // '59adb24ef3cdbe0297f05b395827453f-1'
 */
export function multipartEtag(etags: readonly string[]): string {
  const hash = createHash('md5').update(etags.join(''), 'hex').digest('hex');
  return `${hash}-${etags.length}`;
}

/**
 * The checksum of a multipart object from those of its parts, null when the upload names no algorithm.
 *
 * @throws BadDigest when the client sends another one for the object
 */
export async function multipartChecksum(options: {
  readonly upload: MultipartUpload;
  readonly parts: readonly MultipartPart[];
  readonly headers: RequestHeaders;
}): Promise<Checksum | null> {
  const { upload, parts, headers } = options;
  const { checksumAlgorithm: algorithm, checksumType: type } = upload;
  if (!algorithm || !type) return null;
  const value =
    type === 'COMPOSITE' ? await compositeSum(algorithm, parts) : fullObjectSum(algorithm, parts);
  const declared = headers.get(checksumHeader(algorithm))?.trim();
  // minio-go sends the sum of nothing here: without the number of parts it is not a composite one.
  const isAboutObject = type === 'FULL_OBJECT' || declared?.includes('-');
  if (declared !== undefined && isAboutObject && declared !== value) throw s3Errors.BadDigest();
  return { algorithm, type, value };
}

async function compositeSum(
  algorithm: ChecksumAlgorithm,
  parts: readonly MultipartPart[],
): Promise<string> {
  const sum = await digestOf(algorithm, Buffer.concat(parts.map(sumOf)));
  return `${sum.toString('base64')}-${parts.length}`;
}

function fullObjectSum(algorithm: ChecksumAlgorithm, parts: readonly MultipartPart[]): string {
  if (!isCombinable(algorithm)) throw s3Errors.InvalidRequest();
  const [first, ...others] = parts;
  if (!first) throw s3Errors.InvalidPart();
  const sum = others.reduce(
    (crc, part) =>
      combineCrc({ algorithm, first: crc, second: sumOf(part), secondBytes: part.blob.size }),
    sumOf(first),
  );
  return sum.toString('base64');
}

function sumOf(part: MultipartPart): Buffer {
  if (part.checksum === null) throw s3Errors.InvalidPart();
  return Buffer.from(part.checksum, 'base64');
}
