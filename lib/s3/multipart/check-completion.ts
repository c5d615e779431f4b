import { s3Errors } from '../errors.ts';
import type { MultipartPart, MultipartUpload } from '../ports.ts';
import type { ListedPart } from './parse-completion.ts';

const leastPartBytes = 5 * 1024 * 1024;

/**
 * Compares the parts that a client lists with those received.
 *
 * @returns the received parts that make up the object, in order
 * @throws InvalidPart, EntityTooSmall for any part but the last below 5 MiB, EntityTooLarge
 */
export function checkCompletion(options: {
  readonly upload: MultipartUpload;
  readonly listed: readonly ListedPart[];
  readonly received: readonly MultipartPart[];
  readonly maxBytes: number;
}): readonly MultipartPart[] {
  const { upload, listed, received, maxBytes } = options;
  const byNumber = new Map(received.map((part) => [part.partNumber, part]));
  const parts = listed.map((wanted) => {
    const part = byNumber.get(wanted.partNumber);
    const claimed = upload.checksumAlgorithm && wanted.checksums.get(upload.checksumAlgorithm);
    const isSame = part?.etag === wanted.etag && (!claimed || claimed === part.checksum);
    if (!part || !isSame) throw s3Errors.InvalidPart();
    return part;
  });
  if (parts.slice(0, -1).some((part) => part.blob.size < leastPartBytes)) {
    throw s3Errors.EntityTooSmall();
  }
  const size = parts.reduce((total, part) => total + part.blob.size, 0);
  if (size > maxBytes) throw s3Errors.EntityTooLarge();
  return parts;
}
