import { encodePath, encodeRfc3986 } from '../percent-encoding.ts';
import type { RequestHeaders } from '../request-headers.ts';
import type { QueryParameters, RequestTarget } from '../request-target.ts';

export interface CanonicalRequestOptions {
  readonly method: string;
  /** Encoded path; see `canonicalPaths`. */
  readonly path: string;
  readonly query: QueryParameters;
  readonly headers: RequestHeaders;
  /** Lower case, in the order in which the client lists them. */
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
  /** Stands in for the received Host header. */
  readonly host?: string | undefined;
}

/** The text whose hash is signed (AWS Signature Version 4, "Create a canonical request"). */
export function canonicalRequest(options: CanonicalRequestOptions): string {
  const { method, path, query, headers, signedHeaders, payloadHash, host } = options;
  const lines = signedHeaders.map((name) => {
    const values = name === 'host' && host !== undefined ? [host] : headers.all(name);
    return `${name}:${values.map(trimHeader).join(',')}\n`;
  });
  return [
    method,
    path,
    canonicalQuery(query),
    lines.join(''),
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

/**
 * Paths that a client may have signed: the one on the wire, and the same decoded and encoded again, because
 * clients differ in what they leave unencoded. Both name the same key.
 */
export function canonicalPaths(target: RequestTarget): readonly string[] {
  const encoded = encodePath(target.path);
  return encoded === target.rawPath ? [encoded] : [target.rawPath, encoded];
}

function canonicalQuery(query: QueryParameters): string {
  return query.parameters
    .filter(({ name }) => name !== 'X-Amz-Signature')
    .map(({ name, value }) => ({ name: encodeRfc3986(name), value: encodeRfc3986(value) }))
    .sort((a, b) => compareText(a.name, b.name) || compareText(a.value, b.value))
    .map(({ name, value }) => `${name}=${value}`)
    .join('&');
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function trimHeader(value: string): string {
  return value.trim().replace(/ +/g, ' ');
}
