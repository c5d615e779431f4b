import { s3Errors } from '../errors.ts';
import { decodeChecksum, type ChecksumAlgorithm } from './checksum.ts';
import { createHasher, type Hasher } from './hasher.ts';
import type { DeclaredIntegrity } from './integrity.ts';
import type { PayloadMode } from './payload-mode.ts';

/** Sums of a body, each algorithm computed once however often it is asked for. */
export interface Digests {
  readonly md5: Buffer;
  /** Null when no checksum algorithm was asked for. */
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: Buffer } | null;
}

export interface BodyDigestsOptions {
  readonly mode: PayloadMode;
  readonly integrity: DeclaredIntegrity;
  /** Computed when the client declares no checksum of its own. */
  readonly fallbackAlgorithm: ChecksumAlgorithm | null;
}

/** Hashes a body on its way and compares it in the end with everything that the client declared. */
export class BodyDigests {
  readonly #options: BodyDigestsOptions;
  readonly #algorithm: ChecksumAlgorithm | null;
  readonly #hashers = new Map<ChecksumAlgorithm, Hasher>();

  constructor(options: BodyDigestsOptions) {
    this.#options = options;
    this.#algorithm = options.integrity.checksum?.algorithm ?? options.fallbackAlgorithm;
    this.#add('MD5');
    if (options.mode.kind === 'hashed') this.#add('SHA256');
    if (this.#algorithm) this.#add(this.#algorithm);
  }

  update(piece: Buffer): void {
    for (const hasher of this.#hashers.values()) hasher.update(piece);
  }

  /**
   * @param trailers of a chunked body, by lower-case name
   * @throws XAmzContentSHA256Mismatch, BadDigest, InvalidRequest for a trailer that is no checksum
   */
  async verify(trailers: ReadonlyMap<string, string>): Promise<Digests> {
    const { mode, integrity } = this.#options;
    const sums = new Map<ChecksumAlgorithm, Buffer>();
    for (const [algorithm, hasher] of this.#hashers) sums.set(algorithm, await hasher.digest());
    const sumOf = (algorithm: ChecksumAlgorithm) => sums.get(algorithm) ?? Buffer.alloc(0);

    if (mode.kind === 'hashed' && sumOf('SHA256').toString('hex') !== mode.sha256) {
      throw s3Errors.XAmzContentSHA256Mismatch();
    }
    const md5 = sumOf('MD5');
    if (integrity.contentMd5 && !integrity.contentMd5.equals(md5)) {
      throw s3Errors.BadDigest('The Content-MD5 you specified did not match what we received.');
    }
    if (!this.#algorithm) return { md5, checksum: null };
    const value = sumOf(this.#algorithm);
    const declared = this.#declaredChecksum(trailers);
    if (declared && !declared.equals(value)) {
      throw s3Errors.BadDigest(
        `The ${this.#algorithm} you specified did not match the calculated checksum.`,
      );
    }
    return { md5, checksum: { algorithm: this.#algorithm, value } };
  }

  #declaredChecksum(trailers: ReadonlyMap<string, string>): Buffer | null {
    const { checksum } = this.#options.integrity;
    if (!checksum || checksum.value) return checksum?.value ?? null;
    const { algorithm, name } = checksum;
    const value = decodeChecksum(algorithm, trailers.get(name) ?? '');
    if (!value) throw s3Errors.InvalidRequest(`Value for ${name} trailing header is invalid.`);
    return value;
  }

  #add(algorithm: ChecksumAlgorithm): void {
    if (!this.#hashers.has(algorithm)) this.#hashers.set(algorithm, createHasher(algorithm));
  }
}
