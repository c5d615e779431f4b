import { hmac, sha256, type Signature } from './raw-client.ts';

export interface ChunkedBodyOptions {
  readonly chunks: readonly Buffer[];
  /** Null for the unsigned mode. */
  readonly signature: Signature | null;
  /** Written behind the last chunk in the modes with trailers. */
  readonly trailer?: { readonly name: string; readonly value: string };
  /** minio-go ends the checksum's line with a bare line feed and adds an empty line. */
  readonly isMinioStyle?: boolean;
}

/** Frames a body as `aws-chunked`, by the letter of the specification and without the endpoint's code. */
export function chunkedBody(options: ChunkedBodyOptions): Buffer {
  const { chunks, signature, trailer, isMinioStyle } = options;
  const parts: Buffer[] = [];
  let previous = signature?.signature ?? '';
  const sign = (kind: string, hashes: readonly string[]) => {
    if (!signature) return '';
    const { dateTime, scope, key } = signature;
    const text = [`AWS4-HMAC-SHA256-${kind}`, dateTime, scope, previous, ...hashes].join('\n');
    previous = hmac(key, text).toString('hex');
    return previous;
  };
  for (const chunk of [...chunks, Buffer.alloc(0)]) {
    const mark = sign('PAYLOAD', [sha256(''), sha256(chunk)]);
    const extension = mark === '' ? '' : `;chunk-signature=${mark}`;
    parts.push(Buffer.from(`${chunk.length.toString(16)}${extension}\r\n`), chunk);
    if (chunk.length > 0) parts.push(Buffer.from('\r\n'));
  }
  if (trailer) {
    const { name, value } = trailer;
    parts.push(Buffer.from(`${name}:${value}${isMinioStyle ? '\n\r\n' : '\r\n'}`));
    const mark = sign('TRAILER', [sha256(`${name}:${value}\n`)]);
    if (mark !== '') parts.push(Buffer.from(`x-amz-trailer-signature:${mark}\r\n`));
  }
  parts.push(Buffer.from('\r\n'));
  return Buffer.concat(parts);
}
