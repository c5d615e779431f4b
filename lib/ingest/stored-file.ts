import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { BlobRef, BlobStore } from '#lib/blob/blob-store.ts';
import { manifestSize, readManifest } from '#lib/blob/read-manifest.ts';
import { unlessAborted, untilAborted } from './unless-aborted.ts';

const inflatedChunkBytes = 256 * 1024;
const gzipSignature = Buffer.of(0x1f, 0x8b);

/**
 * An uploaded file as the CSV text it holds, decompressed when its content is gzip (whatever its name). Reading ends at once when its
 * signal is aborted, by the signal's reason, also while the bytes do not come.
 *
 * @example
 * const file = await StoredFile.open(blobs, parts, signal);
 * for await (const chunk of file.read(position.byteOffset, signal)) scanner.scan(chunk);
 */
export class StoredFile {
  /** Of the object as it is stored. */
  readonly sizeBytes: number;
  readonly #blobs: BlobStore;
  readonly #parts: readonly BlobRef[];
  readonly #isGzip: boolean;
  #bytesRead = 0;

  private constructor(options: { blobs: BlobStore; parts: readonly BlobRef[]; isGzip: boolean }) {
    this.#blobs = options.blobs;
    this.#parts = options.parts;
    this.#isGzip = options.isGzip;
    this.sizeBytes = manifestSize(options.parts);
  }

  static async open(
    blobs: BlobStore,
    parts: readonly BlobRef[],
    signal: AbortSignal,
  ): Promise<StoredFile> {
    const start = await unlessAborted(readBytes(blobs, parts, gzipSignature.length), signal);
    return new StoredFile({ blobs, parts, isGzip: start.equals(gzipSignature) });
  }

  /** Whether more bytes will be read than are stored. */
  get isCompressed(): boolean {
    return this.#isGzip;
  }

  /** How far into the stored object the last `read` has come: an honest progress for gzip, too. */
  get bytesRead(): number {
    return this.#bytesRead;
  }

  /** The text's bytes from an offset on. A gzip file is decompressed from its start to get there. */
  async *read(from: number, signal: AbortSignal): AsyncGenerator<Buffer, undefined> {
    if (!this.#isGzip) {
      yield* this.#readStored(from, signal);
      return;
    }
    let skip = from;
    for await (const chunk of inflate(this.#readStored(0, signal))) {
      if (skip < chunk.length) yield chunk.subarray(skip);
      skip = Math.max(0, skip - chunk.length);
    }
  }

  async *#readStored(from: number, signal: AbortSignal): AsyncGenerator<Buffer> {
    this.#bytesRead = from;
    const options = { blobs: this.#blobs, parts: this.#parts, range: { start: from } };
    for await (const chunk of untilAborted(readManifest(options), signal)) {
      this.#bytesRead += chunk.length;
      yield chunk;
    }
  }
}

async function readBytes(
  blobs: BlobStore,
  parts: readonly BlobRef[],
  length: number,
): Promise<Buffer> {
  const range = { start: 0, end: Math.min(length, manifestSize(parts)) };
  const chunks: Buffer[] = [];
  for await (const chunk of readManifest({ blobs, parts, range }) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* inflate(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: inflatedChunkBytes });
  // A failure of the source or of the data ends the loop below by an error of its own.
  const fed = pipeline(source, gunzip).catch(() => undefined);
  yield* gunzip as AsyncIterable<Buffer>;
  await fed;
}
