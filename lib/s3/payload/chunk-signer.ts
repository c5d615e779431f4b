import { createHash, timingSafeEqual } from 'node:crypto';
import type { Authentication } from '../signature/authenticate.ts';
import { formatScope, hmac, sha256Hex } from '../signature/signing-key.ts';

const emptyHash = sha256Hex('');

/** Checks the chain of signatures of a streamed body: each covers its chunk and the signature before it. */
export class ChunkSigner {
  readonly #key: Buffer;
  readonly #dateTime: string;
  readonly #scope: string;
  #previous: string;
  #hash = createHash('sha256');

  /** Starts from the signature of the request's headers, which has been verified. */
  constructor({ signingKey, claim }: Authentication) {
    this.#key = signingKey;
    this.#dateTime = claim.dateTime;
    this.#scope = formatScope(claim.scope);
    this.#previous = claim.signature;
  }

  update(piece: Buffer): void {
    this.#hash.update(piece);
  }

  /** Whether the chunk made of the pieces since the last call has this signature. */
  verifyChunk(signature: string): boolean {
    const hash = this.#hash.digest('hex');
    this.#hash = createHash('sha256');
    return this.#verify('AWS4-HMAC-SHA256-PAYLOAD', [emptyHash, hash], signature);
  }

  /** @param canonicalTrailers `name:value\n` for each trailer */
  verifyTrailers(canonicalTrailers: string, signature: string): boolean {
    return this.#verify('AWS4-HMAC-SHA256-TRAILER', [sha256Hex(canonicalTrailers)], signature);
  }

  #verify(kind: string, hashes: readonly string[], signature: string): boolean {
    const lines = [kind, this.#dateTime, this.#scope, this.#previous, ...hashes];
    const expected = hmac(this.#key, lines.join('\n'));
    const given = Buffer.from(signature, 'hex');
    this.#previous = signature;
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}
