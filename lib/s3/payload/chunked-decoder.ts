import { s3Errors } from '../errors.ts';
import type { ChunkSigner } from './chunk-signer.ts';

const longestLine = 1024;
/** Framing beyond this and beyond the payload's own length is an attack on the CPU. */
const freeOverheadBytes = 1024 * 1024;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

export interface ChunkedDecoderOptions {
  /** Set in the signed modes. */
  readonly signer: ChunkSigner | null;
  /** Lower-case names that `x-amz-trailer` announces; null in the mode without trailers. */
  readonly trailers: readonly string[] | null;
  /** `x-amz-decoded-content-length`. */
  readonly decodedLength: number;
}

type State =
  | 'size-line'
  | 'data'
  | 'data-end'
  | 'trailer-line'
  /** The empty line behind the last chunk, and one that only some clients send behind the trailers. */
  | 'last-line'
  | 'optional-line'
  | 'end';

/**
 * Takes `aws-chunked` framing apart while it streams, holding back no payload byte: a chunk's pieces are handed
 * on before its signature is seen, so nothing may be published before `finish` has returned.
 *
 * ```
 * 400;chunk-signature=<hex>\r\n <1024 bytes> \r\n
 * 0;chunk-signature=<hex>\r\n
 * x-amz-checksum-crc32c:<base64>\r\n
 * x-amz-trailer-signature:<hex>\r\n
 * \r\n
 * ```
 *
 * Throws S3 errors: IncompleteBody for broken frames and wrong lengths, SignatureDoesNotMatch, MalformedTrailerError.
 */
export class ChunkedDecoder {
  readonly #options: ChunkedDecoderOptions;
  readonly #trailers = new Map<string, string>();
  #state: State = 'size-line';
  #line: Buffer = Buffer.alloc(0);
  /** Payload bytes still to come in all chunks, and in this one. */
  #remaining: number;
  #chunkRemaining = 0;
  #chunkSignature = '';
  #overhead = 0;
  #trailerVerified = false;
  #bareLineFeed = false;

  constructor(options: ChunkedDecoderOptions) {
    this.#options = options;
    this.#remaining = options.decodedLength;
  }

  /** Gives the payload within a piece of the body, as slices of it. */
  *decode(input: Buffer): Generator<Buffer, void, undefined> {
    let rest = input;
    while (rest.length > 0) {
      if (this.#state !== 'data') {
        rest = this.#takeLine(rest);
        continue;
      }
      const piece = rest.subarray(0, this.#chunkRemaining);
      rest = rest.subarray(piece.length);
      this.#chunkRemaining -= piece.length;
      this.#remaining -= piece.length;
      this.#options.signer?.update(piece);
      if (this.#chunkRemaining === 0) this.#state = 'data-end';
      yield piece;
    }
  }

  /** Ends the body and gives the trailers by their lower-case names. */
  finish(): ReadonlyMap<string, string> {
    const mayEnd = this.#state === 'optional-line' && this.#line.length === 0;
    if (this.#state !== 'end' && !mayEnd) {
      throw this.#state === 'trailer-line'
        ? s3Errors.MalformedTrailerError()
        : s3Errors.IncompleteBody('The request body ended before its last chunk.');
    }
    return this.#trailers;
  }

  /** Collects a line, which may come in any number of pieces; gives what is behind it. */
  #takeLine(input: Buffer): Buffer {
    if (this.#state === 'end') {
      throw s3Errors.IncompleteBody('There is data behind the last chunk.');
    }
    const end = input.indexOf(lineFeed);
    const part = end < 0 ? input : input.subarray(0, end + 1);
    if (this.#line.length + part.length > longestLine) throw this.#badLine();
    this.#line = this.#line.length === 0 ? part : Buffer.concat([this.#line, part]);
    this.#countOverhead(part.length);
    if (end < 0) return input.subarray(input.length);
    const line = this.#line;
    this.#line = Buffer.alloc(0);
    const bare = line.at(-2) !== carriageReturn;
    this.#useLine(line.subarray(0, bare ? -1 : -2).toString('latin1'), bare);
    return input.subarray(end + 1);
  }

  #useLine(line: string, bare: boolean): void {
    if (this.#state === 'trailer-line') {
      this.#useTrailerLine(line, bare);
      return;
    }
    if (bare) throw this.#badLine();
    if (this.#state === 'size-line') {
      this.#useSizeLine(line);
      return;
    }
    if (line !== '') throw this.#badLine();
    if (this.#state === 'last-line' || this.#state === 'optional-line') {
      this.#state = 'end';
      return;
    }
    this.#verifyChunk();
    this.#state = 'size-line';
  }

  #useSizeLine(line: string): void {
    const pattern = this.#options.signer
      ? /^([0-9a-f]{1,16});chunk-signature=([0-9a-f]{64})$/i
      : /^([0-9a-f]{1,16})$/i;
    const match = pattern.exec(line);
    if (!match) throw this.#badLine();
    const [, size = '', signature = ''] = match;
    this.#chunkRemaining = Number.parseInt(size, 16);
    this.#chunkSignature = signature.toLowerCase();
    if (this.#chunkRemaining > this.#remaining) {
      throw s3Errors.IncompleteBody('The body is longer than x-amz-decoded-content-length.');
    }
    if (this.#chunkRemaining > 0) {
      this.#state = 'data';
      return;
    }
    if (this.#remaining > 0) {
      throw s3Errors.IncompleteBody('The body is shorter than x-amz-decoded-content-length.');
    }
    this.#verifyChunk();
    this.#state = this.#options.trailers ? 'trailer-line' : 'last-line';
  }

  #verifyChunk(): void {
    const { signer } = this.#options;
    if (signer && !signer.verifyChunk(this.#chunkSignature)) {
      throw s3Errors.SignatureDoesNotMatch('The signature of a chunk does not match its data.');
    }
  }

  #useTrailerLine(line: string, bare: boolean): void {
    if (line === '') {
      this.#endTrailers();
      return;
    }
    this.#bareLineFeed = bare;
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '');
    if (colon < 1 || this.#trailerVerified) throw s3Errors.MalformedTrailerError();
    if (name === 'x-amz-trailer-signature') {
      this.#verifyTrailers(value);
      return;
    }
    if (!this.#options.trailers?.includes(name) || this.#trailers.has(name)) {
      throw s3Errors.MalformedTrailerError();
    }
    this.#trailers.set(name, value);
  }

  #verifyTrailers(signature: string): void {
    const canonical = [...this.#trailers].map(([name, value]) => `${name}:${value}\n`).join('');
    const { signer } = this.#options;
    if (!signer || !/^[0-9a-f]{64}$/.test(signature)) throw s3Errors.MalformedTrailerError();
    if (!signer.verifyTrailers(canonical, signature)) {
      throw s3Errors.SignatureDoesNotMatch('The signature of the trailers does not match them.');
    }
    this.#trailerVerified = true;
  }

  /** minio-go ends a trailer with a bare line feed and an empty line, with the signature still to come. */
  #endTrailers(): void {
    const complete = this.#options.trailers?.every((name) => this.#trailers.has(name));
    if (!complete) throw s3Errors.MalformedTrailerError();
    if (this.#options.signer && !this.#trailerVerified) {
      if (!this.#bareLineFeed) throw s3Errors.MalformedTrailerError();
      this.#bareLineFeed = false;
      return;
    }
    this.#state = this.#bareLineFeed ? 'optional-line' : 'end';
  }

  #countOverhead(bytes: number): void {
    this.#overhead += bytes;
    if (this.#overhead > freeOverheadBytes + this.#options.decodedLength) {
      throw s3Errors.InvalidRequest('The chunks are too small. Send at least 8 KiB in each.');
    }
  }

  #badLine(): Error {
    return this.#state === 'trailer-line'
      ? s3Errors.MalformedTrailerError()
      : s3Errors.IncompleteBody('The chunk framing of the body is malformed.');
  }
}
