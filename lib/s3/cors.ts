import type { RequestHeaders } from './request-headers.ts';
import { s3Errors } from './errors.ts';
import { checksumAlgorithms, checksumHeader } from './payload/checksum.ts';
import type { S3Response } from './s3-command.ts';
import type { S3Settings } from './s3-config.ts';

const methods = 'GET, HEAD, PUT, POST, DELETE';
const exposed = ['ETag', 'x-amz-request-id', ...checksumAlgorithms.map(checksumHeader)].join(', ');
const preflightSeconds = 600;

/** Headers that let the dashboard's pages, and no others, read an answer. */
export function corsHeaders(settings: S3Settings, headers: RequestHeaders): Record<string, string> {
  const origin = allowedOrigin(settings, headers);
  if (origin === null) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': exposed,
    vary: 'Origin',
  };
}

/**
 * Answers a browser's question whether it may send a request; browsers do not sign it.
 *
 * @throws BadRequest without an origin, AccessForbidden for a foreign one
 */
export function answerPreflight(settings: S3Settings, headers: RequestHeaders): S3Response {
  if (!headers.has('origin') || !headers.has('access-control-request-method')) {
    throw s3Errors.BadRequest('Insufficient information. Origin request header needed.');
  }
  if (allowedOrigin(settings, headers) === null) throw s3Errors.AccessForbidden();
  const requested = headers.get('access-control-request-headers');
  return {
    status: 200,
    headers: {
      'access-control-allow-methods': methods,
      'access-control-max-age': String(preflightSeconds),
      ...(requested === undefined ? {} : { 'access-control-allow-headers': requested }),
      vary: 'Origin, Access-Control-Request-Headers',
    },
  };
}

function allowedOrigin(settings: S3Settings, headers: RequestHeaders): string | null {
  const origin = headers.get('origin');
  if (origin === undefined) return null;
  const isAllowed =
    settings.allowedOrigins.includes(origin) || isSibling(settings, headers, origin);
  return isAllowed ? origin : null;
}

/** The dashboard may be reached under any name of its machine; its pages then call the endpoint under the same. */
function isSibling(settings: S3Settings, headers: RequestHeaders, origin: string): boolean {
  const host = `http://${headers.get('host') ?? ''}`;
  if (settings.siblingPort === undefined || !URL.canParse(host)) return false;
  const sibling = new URL(host);
  sibling.port = String(settings.siblingPort);
  return sibling.origin === origin;
}
