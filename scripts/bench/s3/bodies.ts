import { createHash, createHmac, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { signRequest, type RawRequest, type Signature } from '#lib/s3/testing/raw-client.ts';

/** A request that is ready to be sent, its sums and signatures computed before the clock runs. */
export interface ReadyPut {
  readonly headers: Readonly<Record<string, string>>;
  readonly pieces: Iterable<Buffer>;
}

export interface Signer {
  readonly port: number;
  readonly accessKeyId: string;
  readonly secret: string;
  readonly target: string;
}

const mebibyte = 1024 * 1024;
/** As the SDKs cut signed bodies. */
const chunk = randomBytes(64 * 1024);
const block = Buffer.concat(Array.from({ length: 16 }, () => chunk));

/** The payload modes of the protocol, and what the endpoint has to hash in each. */
export const modes = {
  'UNSIGNED-PAYLOAD': ['md5'],
  'hex SHA-256': ['md5', 'sha256'],
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': ['md5', 'sha256'],
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': ['md5', 'sha256', 'crc32'],
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER': ['md5', 'crc32'],
} as const;
export type Mode = keyof typeof modes;

/** The payload and nothing else, for the limit. */
export function plainPut(mebibytes: number): ReadyPut {
  return {
    headers: { 'content-length': String(mebibytes * mebibyte) },
    pieces: repeat(block, mebibytes),
  };
}

export function signedPut(signer: Signer, mode: Mode, mebibytes: number): ReadyPut {
  const size = mebibytes * mebibyte;
  if (mode === 'UNSIGNED-PAYLOAD' || mode === 'hex SHA-256') {
    const payloadHash = mode === 'hex SHA-256' ? hashOfBody(mebibytes) : mode;
    const { headers } = sign(signer, { payloadHash });
    return {
      headers: { ...headers, 'content-length': String(size) },
      pieces: repeat(block, mebibytes),
    };
  }
  const trailer = mode.endsWith('TRAILER') ? `x-amz-checksum-crc32:${crcOfBody(mebibytes)}` : null;
  const signature = sign(signer, {
    payloadHash: mode,
    headers: {
      'x-amz-decoded-content-length': String(size),
      ...(trailer === null ? {} : { 'x-amz-trailer': 'x-amz-checksum-crc32' }),
    },
  });
  const isSigned = !mode.startsWith('STREAMING-UNSIGNED');
  // Framing is made before the clock runs; the payload is the same few bytes again and again.
  const pieces = [...frame({ count: mebibytes * 16, signature, isSigned, trailer })];
  const length = pieces.reduce((total, piece) => total + piece.length, 0);
  return { headers: { ...signature.headers, 'content-length': String(length) }, pieces };
}

function sign(signer: Signer, request: Pick<RawRequest, 'payloadHash' | 'headers'>): Signature {
  const { target, accessKeyId, secret } = signer;
  return signRequest(signer, { method: 'PUT', target, accessKeyId, secret, ...request });
}

interface FrameOptions {
  readonly count: number;
  readonly signature: Signature;
  readonly isSigned: boolean;
  readonly trailer: string | null;
}

function* frame({ count, signature, isSigned, trailer }: FrameOptions): Generator<Buffer> {
  const { dateTime, scope, key } = signature;
  const hash = sha256(chunk);
  let previous = signature.signature;
  const mark = (kind: string, hashes: readonly string[]) => {
    const text = [`AWS4-HMAC-SHA256-${kind}`, dateTime, scope, previous, ...hashes].join('\n');
    previous = createHmac('sha256', key).update(text).digest('hex');
    return previous;
  };
  const extension = (bytesHash: string) =>
    isSigned ? `;chunk-signature=${mark('PAYLOAD', [sha256(''), bytesHash])}` : '';
  let before = '';
  for (let index = 0; index < count; index += 1) {
    yield Buffer.from(`${before}${chunk.length.toString(16)}${extension(hash)}\r\n`);
    yield chunk;
    before = '\r\n';
  }
  const end = [`\r\n0${extension(sha256(''))}\r\n`];
  if (trailer !== null) {
    end.push(`${trailer}\r\n`);
    if (isSigned)
      end.push(`x-amz-trailer-signature:${mark('TRAILER', [sha256(`${trailer}\n`)])}\r\n`);
  }
  yield Buffer.from(`${end.join('')}\r\n`);
}

function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function hashOfBody(mebibytes: number): string {
  const hash = createHash('sha256');
  for (const piece of repeat(block, mebibytes)) hash.update(piece);
  return hash.digest('hex');
}

function crcOfBody(mebibytes: number): string {
  let value = 0;
  for (const piece of repeat(block, mebibytes)) value = crc32(piece, value);
  const digest = Buffer.alloc(4);
  digest.writeUInt32BE(value);
  return digest.toString('base64');
}

function* repeat(piece: Buffer, count: number): Generator<Buffer> {
  for (let index = 0; index < count; index += 1) yield piece;
}
