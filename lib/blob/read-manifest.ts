import { Readable } from 'node:stream';
import { BlobMissingError, type BlobRef, type BlobStore, type ByteRange } from './blob-store.ts';

export interface ReadManifestOptions {
  readonly blobs: BlobStore;
  /** The object's bytes, in order. */
  readonly parts: readonly BlobRef[];
  /** Counted over the whole object. */
  readonly range?: ByteRange;
}

/**
 * Reads an object that is stored as a list of blobs, opening one at a time. Fails with
 * `BlobMissingError` rather than end early when a blob is gone or too short.
 *
 * @example
 * for await (const chunk of readManifest({ blobs, parts, range: { start: checkpoint } })) scan(chunk);
 */
export function readManifest(options: ReadManifestOptions): Readable {
  return Readable.from(readParts(options), { objectMode: false, highWaterMark: 1 });
}

/** Bytes of an object: the sum over its parts. */
export function manifestSize(parts: readonly BlobRef[]): number {
  return parts.reduce((total, part) => total + part.size, 0);
}

async function* readParts(options: ReadManifestOptions): AsyncGenerator<Buffer> {
  const { blobs, parts, range = { start: 0 } } = options;
  const last = range.end ?? manifestSize(parts);
  let offset = 0;
  for (const part of parts) {
    const start = Math.max(range.start - offset, 0);
    const end = Math.min(last - offset, part.size);
    offset += part.size;
    if (start < end) yield* readPart({ blobs, part, range: { start, end } });
  }
}

async function* readPart(options: {
  readonly blobs: BlobStore;
  readonly part: BlobRef;
  readonly range: Required<ByteRange>;
}): AsyncGenerator<Buffer> {
  const { blobs, part, range } = options;
  let read = range.start;
  for await (const chunk of blobs.open(part.name, range) as AsyncIterable<Buffer>) {
    read += chunk.length;
    yield chunk;
  }
  if (read !== range.end) throw new BlobMissingError(part.name);
}
