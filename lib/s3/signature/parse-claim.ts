import { fail, ok, type Result } from '#lib/core/result.ts';
import { s3Errors, type S3Error } from '../errors.ts';
import type { RequestHeaders } from '../request-headers.ts';
import type { QueryParameters } from '../request-target.ts';
import type { SignatureClaim } from './signature-claim.ts';
import {
  formatDateTime,
  parseDateTime,
  signingAlgorithm,
  type CredentialScope,
} from './signing-key.ts';

const useVersion4 =
  'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256 (Signature Version 4).';
const oneMechanism =
  'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified.';
const longestExpirySeconds = 7 * 24 * 60 * 60;

export interface AuthenticationInput {
  readonly headers: RequestHeaders;
  readonly query: QueryParameters;
}

/**
 * Finds the one signature of a request, in the Authorization header or in the query.
 *
 * @returns the error to answer when there is none, more than one, or one that is malformed
 */
export function parseSignatureClaim(input: AuthenticationInput): Result<SignatureClaim, S3Error> {
  const authorizations = input.headers.all('authorization');
  const [authorization = ''] = authorizations;
  const isPresigned = input.query.has('X-Amz-Algorithm') || input.query.has('X-Amz-Signature');
  const isVersion2Query = input.query.has('AWSAccessKeyId') && input.query.has('Signature');
  const isAwsHeader = /^AWS/i.test(authorization);
  if (authorizations.length > 1) return fail(s3Errors.InvalidArgument(oneMechanism));
  if (Number(isPresigned) + Number(isVersion2Query) + Number(isAwsHeader) > 1) {
    return fail(s3Errors.InvalidArgument(oneMechanism));
  }
  if (hasSessionToken(input)) return fail(s3Errors.InvalidToken());
  if (isPresigned) return parseQueryClaim(input);
  if (isVersion2Query) return fail(s3Errors.InvalidRequest(useVersion4));
  if (authorization === '') {
    return fail(s3Errors.AccessDenied('Access Denied. Sign the request with an access key.'));
  }
  if (!isAwsHeader) return fail(s3Errors.InvalidArgument('Unsupported Authorization Type.'));
  if (!new RegExp(`^${signingAlgorithm}\\s`).test(authorization)) {
    return fail(s3Errors.InvalidRequest(useVersion4));
  }
  return parseHeaderClaim(authorization.slice(signingAlgorithm.length), input.headers);
}

function hasSessionToken({ headers, query }: AuthenticationInput): boolean {
  return headers.has('x-amz-security-token') || query.has('X-Amz-Security-Token');
}

function parseHeaderClaim(
  fields: string,
  headers: RequestHeaders,
): Result<SignatureClaim, S3Error> {
  const values = new Map<string, string>();
  for (const field of fields.split(',')) {
    const equals = field.indexOf('=');
    if (equals > 0) values.set(field.slice(0, equals).trim(), field.slice(equals + 1).trim());
  }
  const credential = parseCredential(values.get('Credential'));
  const signature = parseSignature(values.get('Signature'));
  const signedHeaders = parseSignedHeaders(values.get('SignedHeaders'));
  if (!credential || !signature || !signedHeaders) {
    return fail(
      s3Errors.AuthorizationHeaderMalformed(
        'The authorization header is malformed; it needs Credential=KEY/DATE/REGION/s3/aws4_request, SignedHeaders and Signature.',
      ),
    );
  }
  const signedAt = requestTime(headers);
  if (!signedAt) {
    return fail(
      s3Errors.AccessDenied('AWS authentication requires a valid Date or x-amz-date header.'),
    );
  }
  const dateTime = formatDateTime(signedAt);
  if (!dateTime.startsWith(credential.scope.date)) {
    return fail(
      s3Errors.AuthorizationHeaderMalformed(
        'The authorization header is malformed; the date of the credential is not that of x-amz-date.',
      ),
    );
  }
  const payloadHash = headers.get('x-amz-content-sha256');
  if (payloadHash === undefined) {
    return fail(
      s3Errors.InvalidRequest('Missing required header for this request: x-amz-content-sha256'),
    );
  }
  const claim = { kind: 'header', ...credential, signedHeaders, signature } as const;
  return ok({ ...claim, dateTime, signedAt, expiresSeconds: null, payloadHash });
}

function parseQueryClaim({ query, headers }: AuthenticationInput): Result<SignatureClaim, S3Error> {
  const malformed = (message: string) => fail(s3Errors.AuthorizationQueryParametersError(message));
  if (query.get('X-Amz-Algorithm') !== signingAlgorithm) {
    return malformed('X-Amz-Algorithm only supports AWS4-HMAC-SHA256.');
  }
  const credential = parseCredential(query.get('X-Amz-Credential'));
  if (!credential) {
    return malformed('X-Amz-Credential must be KEY/DATE/REGION/s3/aws4_request.');
  }
  const dateTime = query.get('X-Amz-Date') ?? '';
  const signedAt = parseDateTime(dateTime);
  if (!signedAt || !dateTime.startsWith(credential.scope.date)) {
    return malformed(
      'X-Amz-Date must be of the form yyyymmddThhmmssZ and of the credential’s day.',
    );
  }
  const expires = query.get('X-Amz-Expires') ?? '';
  const expiresSeconds = /^\d{1,7}$/.test(expires) ? Number(expires) : 0;
  if (expiresSeconds < 1 || expiresSeconds > longestExpirySeconds) {
    return malformed('X-Amz-Expires must be between 1 and 604800 seconds.');
  }
  const signature = parseSignature(query.get('X-Amz-Signature'));
  const signedHeaders = parseSignedHeaders(query.get('X-Amz-SignedHeaders'));
  if (!signature || !signedHeaders) {
    return malformed('X-Amz-Signature and X-Amz-SignedHeaders are needed.');
  }
  const payloadHash =
    headers.get('x-amz-content-sha256') ??
    query.get('X-Amz-Content-Sha256') ??
    query.get('x-amz-content-sha256') ??
    'UNSIGNED-PAYLOAD';
  const claim = { kind: 'presigned', ...credential, signedHeaders, signature } as const;
  return ok({ ...claim, dateTime, signedAt, expiresSeconds, payloadHash });
}

function parseCredential(
  value: string | undefined,
): { readonly accessKeyId: string; readonly scope: CredentialScope } | null {
  const parts = /^([\w-]{1,128})\/(\d{8})\/([\w-]{0,64})\/s3\/aws4_request$/.exec(value ?? '');
  if (!parts) return null;
  const [, accessKeyId = '', date = '', region = ''] = parts;
  return { accessKeyId, scope: { date, region } };
}

function parseSignature(value: string | undefined): string | null {
  return /^[0-9a-f]{64}$/.exec(value ?? '')?.[0] ?? null;
}

function parseSignedHeaders(value: string | undefined): readonly string[] | null {
  const names = (value ?? '').toLowerCase().split(';');
  return names.every((name) => /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) ? names : null;
}

/** `x-amz-date`, or the plain `Date` header that some older clients sign instead. */
function requestTime(headers: RequestHeaders): Date | null {
  const amzDate = headers.get('x-amz-date');
  if (amzDate !== undefined) return parseDateTime(amzDate);
  const date = headers.get('date');
  if (date === undefined) return null;
  const time = parseDateTime(date) ?? new Date(date);
  return Number.isNaN(time.getTime()) ? null : time;
}
