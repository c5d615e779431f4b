import { constants } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { BlobStoreFullError, type BlobRef, type BlobWriter } from './blob-store.ts';
import { syncDirectory } from './sync-directory.ts';

/**
 * Bytes that may wait for the disk before the sender is held back. With more, buffers grow so old that the collector counts them
 * among what stays.
 */
const highWaterBytes = 256 * 1024;
/** The free space is looked at again after this many bytes. */
const spaceCheckBytes = 64 * 1024 * 1024;

export interface FileBlobWriterOptions {
  readonly name: string;
  /** Path while the blob grows, on the same file system as `target`. */
  readonly temporary: string;
  /** Path once it is published. */
  readonly target: string;
  readonly directory: string;
  readonly freeBytes: () => Promise<number>;
}

/** Writes a temporary file, batching what arrives while the disk is busy; renames it once it is safe. */
export class FileBlobWriter implements BlobWriter {
  readonly #options: FileBlobWriterOptions;
  readonly #file: FileHandle;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #flush: Promise<void> | undefined;
  #failure: { readonly cause: unknown } | undefined;
  #written = 0;
  #nextSpaceCheck = spaceCheckBytes;
  #finished = false;

  private constructor(options: FileBlobWriterOptions, file: FileHandle) {
    this.#options = options;
    this.#file = file;
  }

  static async create(options: FileBlobWriterOptions): Promise<FileBlobWriter> {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
    return new FileBlobWriter(options, await open(options.temporary, flags, 0o600));
  }

  async write(chunk: Buffer): Promise<void> {
    this.#throwFailure();
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    this.#flush ??= this.#writeWaiting();
    if (this.#waitingBytes < highWaterBytes) return;
    await this.#flush;
    this.#throwFailure();
  }

  async publish(): Promise<BlobRef> {
    await this.#flush;
    this.#throwFailure();
    const { temporary, target, directory, name } = this.#options;
    await this.#file.datasync().catch(rethrowFull);
    await this.#file.close();
    await rename(temporary, target);
    this.#finished = true;
    await syncDirectory(directory);
    return { name, size: this.#written };
  }

  async discard(): Promise<void> {
    if (this.#finished) return;
    this.#finished = true;
    this.#waiting = [];
    await this.#flush;
    await this.#file.close();
    await rm(this.#options.temporary, { force: true });
  }

  /** Never rejects: a failure is kept for the next call, so that no rejection goes unheard. */
  async #writeWaiting(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const batch = this.#waiting;
        this.#waiting = [];
        this.#waitingBytes = 0;
        await this.#writeBatch(batch);
        await this.#checkSpace();
      }
    } catch (cause) {
      this.#failure = { cause };
    } finally {
      this.#flush = undefined;
    }
  }

  async #writeBatch(batch: readonly Buffer[]): Promise<void> {
    const total = batch.reduce((bytes, chunk) => bytes + chunk.length, 0);
    let { bytesWritten } = await this.#file.writev(batch).catch(rethrowFull);
    if (bytesWritten < total) {
      const whole = Buffer.concat(batch);
      while (bytesWritten < total) {
        const written = await this.#file.write(whole, bytesWritten).catch(rethrowFull);
        bytesWritten += written.bytesWritten;
      }
    }
    this.#written += total;
  }

  async #checkSpace(): Promise<void> {
    if (this.#written < this.#nextSpaceCheck) return;
    this.#nextSpaceCheck = this.#written + spaceCheckBytes;
    if ((await this.#options.freeBytes()) <= 0) throw new BlobStoreFullError();
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.cause;
  }
}

function rethrowFull(cause: unknown): never {
  const full = cause instanceof Error && 'code' in cause && fullCodes.has(String(cause.code));
  throw full ? new BlobStoreFullError(cause) : cause;
}

const fullCodes = new Set(['ENOSPC', 'EDQUOT']);
