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
 * Reads an object that is stored as a list of blobs, or of stretches of them, opening one at a time. Fails with
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

/** Bytes of one blob that are wanted in one piece. */
interface Run {
  readonly name: string;
  readonly range: Required<ByteRange>;
}

async function* readParts(options: ReadManifestOptions): AsyncGenerator<Buffer> {
  for (const run of selectRuns(options)) yield* readRun(options.blobs, run);
}

/** What is wanted of each blob; neighbours within the same one are read at once. */
function selectRuns({ parts, range = { start: 0 } }: ReadManifestOptions): readonly Run[] {
  const last = range.end ?? manifestSize(parts);
  const runs: Run[] = [];
  let position = 0;
  for (const { name, size, offset = 0 } of parts) {
    const start = offset + Math.max(range.start - position, 0);
    const end = offset + Math.min(last - position, size);
    position += size;
    if (start >= end) continue;
    const before = runs.at(-1);
    if (before?.name === name && before.range.end === start) {
      runs[runs.length - 1] = { name, range: { start: before.range.start, end } };
    } else {
      runs.push({ name, range: { start, end } });
    }
  }
  return runs;
}

async function* readRun(blobs: BlobStore, { name, range }: Run): AsyncGenerator<Buffer> {
  let read = range.start;
  for await (const chunk of blobs.open(name, range) as AsyncIterable<Buffer>) {
    read += chunk.length;
    yield chunk;
  }
  if (read !== range.end) throw new BlobMissingError(name);
}
