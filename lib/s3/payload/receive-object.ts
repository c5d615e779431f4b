import { BlobStoreFullError, type BlobRef, type BlobWriter } from '#lib/blob/blob-store.ts';
import { s3Errors } from '../errors.ts';
import type { RequestBody } from '../request-body.ts';
import type { RequestHeaders } from '../request-headers.ts';
import type { Authentication } from '../signature/authenticate.ts';
import { BodyDigests, type Digests } from './body-digests.ts';
import type { ChecksumAlgorithm } from './checksum.ts';
import { ChunkSigner } from './chunk-signer.ts';
import { ChunkedDecoder } from './chunked-decoder.ts';
import { parseIntegrity, type DeclaredIntegrity } from './integrity.ts';
import type { PayloadMode } from './payload-mode.ts';

export interface ReceiveOptions {
  readonly body: RequestBody;
  readonly headers: RequestHeaders;
  readonly mode: PayloadMode;
  readonly authentication: Authentication;
  /** Begins what the bytes go into. `expectedBytes` is null when the client does not know them. */
  readonly createWriter: (expectedBytes: number | null) => Promise<BlobWriter>;
  /** Payload bytes that are still allowed. */
  readonly maxBytes: number;
  /** The one checksum algorithm that will do; computed when the client declares none. Null for any. */
  readonly algorithm?: ChecksumAlgorithm | null;
}

/** A body that arrived whole, is what was declared, and is safe on disk; nothing refers to it yet. */
export interface ReceivedObject extends Digests {
  readonly blob: BlobRef & { readonly receipt?: string };
}

/**
 * Streams a body into a blob while hashing it, and compares it with everything that the client declared. On any
 * error nothing is left behind.
 *
 * @throws EntityTooLarge as soon as the declared or received length shows it; MissingContentLength, IncompleteBody,
 *   BadDigest, XAmzContentSHA256Mismatch, SignatureDoesNotMatch, MalformedTrailerError, InternalError on a full disk
 */
export async function receiveObject(options: ReceiveOptions): Promise<ReceivedObject> {
  const integrity = parseIntegrity(options.headers, options.mode);
  if (!integrity.ok) throw integrity.error;
  checkAlgorithm(integrity.value, options.algorithm ?? null);
  const declared = declaredLength(options);
  if (declared !== null && declared > options.maxBytes) throw s3Errors.EntityTooLarge();
  try {
    return await store(options, integrity.value, declared);
  } catch (cause) {
    throw reportFullDisk(cause);
  }
}

/** What a client is told of a failure to store: that the disk is full, if that is it. */
export function reportFullDisk(cause: unknown): unknown {
  if (!(cause instanceof BlobStoreFullError)) return cause;
  return s3Errors.InternalError(
    'The server has no room for this object. Its operator must free disk space.',
  );
}

function checkAlgorithm(integrity: DeclaredIntegrity, wanted: ChecksumAlgorithm | null): void {
  const declared = integrity.checksum?.algorithm;
  if (!wanted || !declared || declared === wanted) return;
  throw s3Errors.InvalidRequest(
    `Checksum Type mismatch occurred, expected checksum Type: ${wanted.toLowerCase()}, actual checksum Type: ${declared.toLowerCase()}`,
  );
}

/** Length of the payload without framing; null when the client does not know it. */
function declaredLength({ body, headers, mode }: ReceiveOptions): number | null {
  if (mode.kind === 'chunked') {
    const decoded = headers.get('x-amz-decoded-content-length') ?? '';
    if (!/^\d{1,15}$/.test(decoded)) {
      throw s3Errors.MissingContentLength('You must provide x-amz-decoded-content-length.');
    }
    return Number(decoded);
  }
  if (body.declaredLength === null && !body.exists) throw s3Errors.MissingContentLength();
  return body.declaredLength;
}

async function store(
  options: ReceiveOptions,
  integrity: DeclaredIntegrity,
  expectedBytes: number | null,
): Promise<ReceivedObject> {
  const { body, createWriter, mode, maxBytes, algorithm = null } = options;
  const digests = new BodyDigests({ mode, integrity, fallbackAlgorithm: algorithm });
  const decoder = mode.kind === 'chunked' ? createDecoder(options, integrity, expectedBytes) : null;
  const writer = await createWriter(expectedBytes);
  try {
    let received = 0;
    for await (const chunk of body.read()) {
      for (const piece of decoder ? decoder.decode(chunk) : [chunk]) {
        received += piece.length;
        if (received > maxBytes) throw s3Errors.EntityTooLarge();
        digests.update(piece);
        await writer.write(piece);
      }
    }
    const trailers = decoder ? decoder.finish() : new Map<string, string>();
    const verified = await digests.verify(trailers);
    return { ...verified, blob: await writer.publish() };
  } finally {
    await writer.discard();
  }
}

function createDecoder(
  { mode, authentication }: ReceiveOptions,
  integrity: DeclaredIntegrity,
  decodedLength: number | null,
): ChunkedDecoder {
  const { signed, trailer } = mode.kind === 'chunked' ? mode : { signed: true, trailer: false };
  const names = integrity.checksum ? [integrity.checksum.name] : [];
  return new ChunkedDecoder({
    signer: signed ? new ChunkSigner(authentication) : null,
    trailers: trailer ? names : null,
    decodedLength: decodedLength ?? 0,
  });
}
