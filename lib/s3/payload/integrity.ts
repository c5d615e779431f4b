import { fail, ok, type Result } from '#lib/core/result.ts';
import { s3Errors, type S3Error } from '../errors.ts';
import type { RequestHeaders } from '../request-headers.ts';
import {
  checksumHeader,
  decodeChecksum,
  parseChecksumAlgorithm,
  type ChecksumAlgorithm,
} from './checksum.ts';
import type { PayloadMode } from './payload-mode.ts';

/** What a client says the body's sums are. */
export interface DeclaredIntegrity {
  readonly contentMd5: Buffer | null;
  readonly checksum: DeclaredChecksum | null;
}

interface DeclaredChecksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Lower-case name of the header or trailer. */
  readonly name: string;
  /** Null when the value comes in a trailer. */
  readonly value: Buffer | null;
}

/** `x-amz-checksum-*` headers that are settings, not sums. */
const settings = new Set([
  'x-amz-checksum-algorithm',
  'x-amz-checksum-mode',
  'x-amz-checksum-type',
]);

/**
 * Reads Content-MD5, `x-amz-checksum-*` and `x-amz-trailer`. Sums in the query of a presigned URL are signed but not
 * believed: stock SDKs put the checksum of an empty body there.
 */
export function parseIntegrity(
  headers: RequestHeaders,
  mode: PayloadMode,
): Result<DeclaredIntegrity, S3Error> {
  const contentMd5 = parseContentMd5(headers);
  if (!contentMd5.ok) return contentMd5;
  const checksum = parseChecksum(headers, mode);
  if (!checksum.ok) return checksum;
  return ok({ contentMd5: contentMd5.value, checksum: checksum.value });
}

/** Content-MD5 alone, for requests whose checksum headers are not about their body. */
export function parseContentMd5(headers: RequestHeaders): Result<Buffer | null, S3Error> {
  const value = headers.get('content-md5');
  if (value === undefined) return ok(null);
  const digest = decodeChecksum('MD5', value.trim());
  return digest ? ok(digest) : fail(s3Errors.InvalidDigest());
}

function parseChecksum(
  headers: RequestHeaders,
  mode: PayloadMode,
): Result<DeclaredChecksum | null, S3Error> {
  const names = headers
    .names()
    .filter((name) => name.startsWith('x-amz-checksum-') && !settings.has(name));
  const trailer = headers.get('x-amz-trailer');
  if (names.length + (trailer === undefined ? 0 : 1) > 1) {
    return fail(
      s3Errors.InvalidRequest(
        'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
      ),
    );
  }
  const checksum =
    trailer === undefined ? parseHeader(headers, names[0]) : parseTrailer(trailer, mode);
  if (!checksum.ok) return checksum;
  const inconsistent = checkAnnouncement(headers, mode, checksum.value);
  return inconsistent ? fail(inconsistent) : checksum;
}

function parseHeader(
  headers: RequestHeaders,
  name: string | undefined,
): Result<DeclaredChecksum | null, S3Error> {
  if (name === undefined) return ok(null);
  const algorithm = parseChecksumAlgorithm(name.slice('x-amz-checksum-'.length));
  if (!algorithm) {
    return fail(s3Errors.InvalidRequest(`The checksum algorithm of ${name} is not supported.`));
  }
  const value = decodeChecksum(algorithm, (headers.get(name) ?? '').trim());
  return value
    ? ok({ algorithm, name, value })
    : fail(s3Errors.InvalidRequest(`Value for ${name} header is invalid.`));
}

function parseTrailer(
  trailer: string,
  mode: PayloadMode,
): Result<DeclaredChecksum | null, S3Error> {
  if (mode.kind !== 'chunked' || !mode.trailer) {
    return fail(s3Errors.InvalidRequest('x-amz-trailer needs a payload mode with trailers.'));
  }
  const name = trailer.trim().toLowerCase();
  const algorithm = algorithmOfTrailer(name);
  return algorithm
    ? ok({ algorithm, name, value: null })
    : fail(
        s3Errors.InvalidRequest('The value specified in the x-amz-trailer header is not supported'),
      );
}

/** The AWS SDK for JavaScript writes MD5 as a trailer under its old name. */
function algorithmOfTrailer(name: string): ChecksumAlgorithm | null {
  if (name === 'content-md5') return 'MD5';
  const prefix = 'x-amz-checksum-';
  return name.startsWith(prefix) ? parseChecksumAlgorithm(name.slice(prefix.length)) : null;
}

function checkAnnouncement(
  headers: RequestHeaders,
  mode: PayloadMode,
  checksum: DeclaredChecksum | null,
): S3Error | null {
  if (mode.kind === 'chunked' && mode.trailer && checksum?.value !== null) {
    return s3Errors.MalformedTrailerError(
      'The payload mode announces a trailer; x-amz-trailer must name it.',
    );
  }
  const announced = headers.get('x-amz-sdk-checksum-algorithm');
  if (announced === undefined) return null;
  const algorithm = parseChecksumAlgorithm(announced);
  if (!algorithm)
    return s3Errors.InvalidRequest('Value for x-amz-sdk-checksum-algorithm header is invalid.');
  if (algorithm === checksum?.algorithm) return null;
  if (algorithm === 'MD5' && headers.has('content-md5')) return null;
  return s3Errors.InvalidRequest(
    `x-amz-sdk-checksum-algorithm specified, but no corresponding ${checksumHeader(algorithm)} or x-amz-trailer headers were found.`,
  );
}
