/** Facts beside code and message that some errors carry as further XML elements. */
export type ErrorDetails = Readonly<Record<string, string>>;

export interface S3ErrorOptions {
  /** As Amazon S3 spells it: clients branch on it. */
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly details?: ErrorDetails;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** An answer other than success, in the protocol's own terms. */
export class S3Error extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: ErrorDetails;
  readonly headers: Readonly<Record<string, string>>;

  constructor(options: S3ErrorOptions) {
    super(options.message, { cause: options.cause });
    this.name = 'S3Error';
    this.code = options.code;
    this.status = options.status;
    this.details = options.details ?? {};
    this.headers = options.headers ?? {};
  }
}

const error =
  (code: string, status: number, standard: string) =>
  (message: string = standard) =>
    new S3Error({ code, status, message });

/**
 * Every error that the endpoint answers, named by its code. A message may replace the standard one.
 *
 * @example throw s3Errors.NoSuchKey()
 * @example throw s3Errors.InvalidArgument('Part number must be an integer between 1 and 10000.')
 */
export const s3Errors = Object.freeze({
  AccessDenied: error('AccessDenied', 403, 'Access Denied.'),
  AccessForbidden: error(
    'AccessForbidden',
    403,
    'CORSResponse: This CORS request is not allowed. Only the dashboard may call from a browser.',
  ),
  AuthorizationHeaderMalformed: error(
    'AuthorizationHeaderMalformed',
    400,
    'The authorization header is malformed.',
  ),
  AuthorizationQueryParametersError: error(
    'AuthorizationQueryParametersError',
    400,
    'The query-string authentication parameters are malformed.',
  ),
  BadDigest: error(
    'BadDigest',
    400,
    'The Content-MD5 or checksum value that you specified did not match what was received.',
  ),
  BadRequest: error('BadRequest', 400, 'The request is not valid.'),
  BucketAlreadyOwnedByYou: error(
    'BucketAlreadyOwnedByYou',
    409,
    'The bucket is already there and your access key may use it.',
  ),
  EntityTooLarge: error(
    'EntityTooLarge',
    400,
    'Your proposed upload exceeds the maximum allowed object size.',
  ),
  EntityTooSmall: error(
    'EntityTooSmall',
    400,
    'Your proposed upload is smaller than the minimum allowed object size: every part but the last needs 5 MiB.',
  ),
  IncompleteBody: error(
    'IncompleteBody',
    400,
    'The request body is not what its headers announced.',
  ),
  InternalError: error('InternalError', 500, 'We encountered an internal error. Please try again.'),
  InvalidAccessKeyId: error(
    'InvalidAccessKeyId',
    403,
    'The access key ID that you provided does not exist in our records.',
  ),
  InvalidArgument: error('InvalidArgument', 400, 'Invalid Argument.'),
  InvalidDigest: error('InvalidDigest', 400, 'The Content-MD5 you specified is not valid.'),
  InvalidPart: error(
    'InvalidPart',
    400,
    "One or more of the specified parts could not be found. The part might not have been uploaded, or its entity tag might not match the part's.",
  ),
  InvalidPartOrder: error(
    'InvalidPartOrder',
    400,
    'The list of parts was not in ascending order. The parts list must be ordered by part number.',
  ),
  InvalidRange: (size: number) =>
    new S3Error({
      code: 'InvalidRange',
      status: 416,
      message: 'The requested range is not satisfiable.',
      details: { ActualObjectSize: String(size) },
      headers: { 'content-range': `bytes */${size}` },
    }),
  InvalidRequest: error('InvalidRequest', 400, 'Invalid Request.'),
  InvalidToken: error(
    'InvalidToken',
    400,
    'This endpoint knows no session tokens. Remove the session token from your client settings (AWS_SESSION_TOKEN).',
  ),
  InvalidURI: error('InvalidURI', 400, "Couldn't parse the specified URI."),
  KeyTooLongError: error('KeyTooLongError', 400, 'Your key is too long: it may have 1024 bytes.'),
  MalformedTrailerError: error(
    'MalformedTrailerError',
    400,
    'The request contained trailing data that was not well-formed or did not conform to our published schema.',
  ),
  MalformedXML: error(
    'MalformedXML',
    400,
    'The XML you provided was not well-formed or did not validate against our published schema.',
  ),
  MetadataTooLarge: error(
    'MetadataTooLarge',
    400,
    'Your metadata headers exceed the maximum allowed metadata size of 2 KB.',
  ),
  MethodNotAllowed: (allowed: readonly string[]) =>
    new S3Error({
      code: 'MethodNotAllowed',
      status: 405,
      message: 'The specified method is not allowed against this resource.',
      headers: { allow: allowed.join(', ') },
    }),
  MissingContentLength: error(
    'MissingContentLength',
    411,
    'You must provide the Content-Length HTTP header.',
  ),
  NoSuchBucket: (bucket: string) =>
    new S3Error({
      code: 'NoSuchBucket',
      status: 404,
      message: 'The specified bucket does not exist.',
      details: { BucketName: bucket },
    }),
  NoSuchKey: error('NoSuchKey', 404, 'The specified key does not exist.'),
  NoSuchUpload: error(
    'NoSuchUpload',
    404,
    'The specified multipart upload does not exist. The upload ID might be invalid, or the upload might have been aborted or completed.',
  ),
  NoSuchVersion: error('NoSuchVersion', 404, 'The specified version does not exist.'),
  NotImplemented: error(
    'NotImplemented',
    501,
    'A header or query you provided implies functionality that is not implemented.',
  ),
  OperationAborted: error(
    'OperationAborted',
    409,
    'A conflicting conditional operation is currently in progress against this resource. Please try again.',
  ),
  PreconditionFailed: error(
    'PreconditionFailed',
    412,
    'At least one of the pre-conditions you specified did not hold.',
  ),
  RequestTimeout: error(
    'RequestTimeout',
    400,
    'Your socket connection to the server was not read from or written to within the timeout period.',
  ),
  RequestTimeTooSkewed: (serverTime: Date) =>
    new S3Error({
      code: 'RequestTimeTooSkewed',
      status: 403,
      message:
        "The difference between the request time and the server's time is too large: set this computer's clock.",
      details: { ServerTime: serverTime.toISOString(), MaxAllowedSkewMilliseconds: '900000' },
    }),
  ServiceUnavailable: error('ServiceUnavailable', 503, 'Service is unable to handle request.'),
  SignatureDoesNotMatch: error(
    'SignatureDoesNotMatch',
    403,
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  ),
  SlowDown: error('SlowDown', 503, 'Please reduce your request rate.'),
  XAmzContentSHA256Mismatch: error(
    'XAmzContentSHA256Mismatch',
    400,
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  ),
});
