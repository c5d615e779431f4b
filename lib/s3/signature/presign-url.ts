import { encodePath, encodeRfc3986 } from '../percent-encoding.ts';
import { headerBytes, RequestHeaders } from '../request-headers.ts';
import { QueryParameters, type QueryParameter } from '../request-target.ts';
import { canonicalRequest } from './canonical-request.ts';
import {
  deriveSigningKey,
  formatDateTime,
  formatScope,
  hmac,
  sha256Hex,
  signingAlgorithm,
} from './signing-key.ts';

export interface PresignOptions {
  /** Address of the endpoint as the caller reaches it: `http://127.0.0.1:9000`. */
  readonly endpoint: string;
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly bucket: string;
  readonly key: string;
  readonly accessKeyId: string;
  readonly secret: string;
  readonly region: string;
  /** 1 to 604,800. */
  readonly expiresSeconds: number;
  /** Headers that the caller must send with exactly these values, such as `x-amz-meta-user`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Query parameters, such as `partNumber` and `uploadId`. */
  readonly query?: Readonly<Record<string, string>>;
  readonly now?: Date;
}

/**
 * Signs a URL that lets its holder make one kind of request until it expires.
 *
 * @example
 * const url = presignUrl({ endpoint, method: 'PUT', bucket, key, accessKeyId, secret, region, expiresSeconds: 900 });
 * await fetch(url, { method: 'PUT', body: file });
 */
export function presignUrl(options: PresignOptions): string {
  const { endpoint, method, bucket, key, accessKeyId, secret, region, expiresSeconds } = options;
  const { origin, host } = new URL(endpoint);
  const now = options.now ?? new Date();
  const dateTime = formatDateTime(now);
  const scope = { date: dateTime.slice(0, 8), region };
  const sent = Object.entries(options.headers ?? {}).map(
    ([name, value]) => [name.toLowerCase(), headerBytes(value)] as const,
  );
  const headers = new RequestHeaders([['host', host], ...sent].flat());
  const signedHeaders = headers.names().sort();

  const parameters: QueryParameter[] = [
    ...Object.entries(options.query ?? {}).map(([name, value]) => ({ name, value })),
    { name: 'X-Amz-Algorithm', value: signingAlgorithm },
    { name: 'X-Amz-Credential', value: `${accessKeyId}/${formatScope(scope)}` },
    { name: 'X-Amz-Date', value: dateTime },
    { name: 'X-Amz-Expires', value: String(expiresSeconds) },
    { name: 'X-Amz-SignedHeaders', value: signedHeaders.join(';') },
  ];
  const path = `/${encodePath(`${bucket}/${key}`)}`;
  const query = new QueryParameters(parameters);
  const payloadHash = 'UNSIGNED-PAYLOAD';
  const canonical = canonicalRequest({ method, path, query, headers, signedHeaders, payloadHash });
  const lines = [signingAlgorithm, dateTime, formatScope(scope), sha256Hex(canonical)];
  const signature = hmac(deriveSigningKey(secret, scope), lines.join('\n')).toString('hex');

  parameters.push({ name: 'X-Amz-Signature', value: signature });
  const encoded = parameters.map(
    ({ name, value }) => `${encodeRfc3986(name)}=${encodeRfc3986(value)}`,
  );
  return `${origin}${path}?${encoded.join('&')}`;
}
