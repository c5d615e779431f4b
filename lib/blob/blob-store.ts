import type { Readable } from 'node:stream';
import type { BlobAssembly } from './blob-assembly.ts';

/** Names stored bytes. The name is opaque: nothing of a client's key is in it. */
export interface BlobRef {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Where they begin within the blob, unless it is at its start. */
  readonly offset?: number;
}

/** Bytes `start` (first) up to but without `end`, as in `Buffer.subarray`. No `end` means to the last byte. */
export interface ByteRange {
  readonly start: number;
  readonly end?: number;
}

/** Takes the bytes of one blob. Ends in exactly one of `publish` and `discard`. */
export interface BlobWriter {
  /** Resolves when more bytes may come; rejects with the first failure of the medium. */
  write(chunk: Buffer): Promise<void>;
  /**
   * Resolves when the bytes survive a power loss and the blob can be opened. A part of a blob that is not whole yet
   * brings a receipt instead.
   */
  publish(): Promise<BlobRef & { readonly receipt?: string }>;
  /** Forgets the bytes. Harmless after `publish`, so that it fits a `finally`. */
  discard(): Promise<void>;
}

/** Where the bytes of uploaded objects live. */
export interface BlobStore {
  /** For stores that put a blob together themselves. In others, each part of an upload is a blob of its own. */
  readonly assembly?: BlobAssembly;

  /**
   * Starts a blob.
   *
   * @param expectedBytes what it will have, to the byte, when that is known; checked against the free space
   * @throws BlobStoreFullError
   */
  create(expectedBytes?: number): Promise<BlobWriter>;
  /** Reads a blob, lazily; the stream fails with `BlobMissingError` when there is none. */
  open(name: string, range?: ByteRange): Readable;
  /** Removes blobs; those that are not there are no error. */
  remove(names: readonly string[]): Promise<void>;
  /** Every published blob with the time it was published, for the sweep of what nobody refers to. */
  list(): AsyncIterable<{ readonly name: string; readonly publishedAt: Date }>;
  /**
   * Removes what writers left behind that were killed before `olderThan`; gives how many.
   *
   * @param needed names of blobs that are still being put together
   */
  sweep(olderThan: Date, needed?: ReadonlySet<string>): Promise<number>;
  /** Bytes that may still be written before the reserve for everything else is touched. */
  freeBytes(): Promise<number>;
  /** Passes when blobs can be stored. */
  check(): Promise<void>;
}

export class BlobMissingError extends Error {
  constructor(name: string, cause?: unknown) {
    super(`Blob ${name} is missing or shorter than recorded.`, { cause });
    this.name = 'BlobMissingError';
  }
}

export class BlobStoreFullError extends Error {
  constructor(cause?: unknown) {
    super('The blob store has no room left.', { cause });
    this.name = 'BlobStoreFullError';
  }
}
