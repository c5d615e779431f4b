import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, opendir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  BlobMissingError,
  BlobStoreFullError,
  type BlobStore,
  type BlobWriter,
  type ByteRange,
} from './blob-store.ts';
import { FileBlobWriter } from './file-blob-writer.ts';
import { syncDirectory } from './sync-directory.ts';

const readBytes = 256 * 1024;
const namePattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface FileBlobStoreOptions {
  /** Made when missing, readable by its owner only. */
  readonly directory: string;
  /** Bytes of the file system that uploads leave free, so that the database can go on. Default 512 MiB. */
  readonly reserveBytes?: number;
}

/**
 * Blobs as files `<directory>/<uuid>`; what is still being written is in `<directory>/incoming`.
 *
 * @example
 * const blobs = await FileBlobStore.open({ directory: join(dataDir, 'objects') });
 */
export class FileBlobStore implements BlobStore {
  readonly #directory: string;
  readonly #incoming: string;
  readonly #reserveBytes: number;

  private constructor(options: FileBlobStoreOptions) {
    this.#directory = options.directory;
    this.#incoming = join(options.directory, 'incoming');
    this.#reserveBytes = options.reserveBytes ?? 512 * 1024 * 1024;
  }

  static async open(options: FileBlobStoreOptions): Promise<FileBlobStore> {
    const store = new FileBlobStore(options);
    await mkdir(store.#incoming, { recursive: true, mode: 0o700 });
    for (const directory of [store.#directory, store.#incoming]) await chmod(directory, 0o700);
    await syncDirectory(store.#directory);
    return store;
  }

  async create(expectedBytes = 0): Promise<BlobWriter> {
    if ((await this.freeBytes()) <= expectedBytes) throw new BlobStoreFullError();
    const name = randomUUID();
    return FileBlobWriter.create({
      name,
      temporary: join(this.#incoming, name),
      target: this.#pathOf(name),
      directory: this.#directory,
      freeBytes: () => this.freeBytes(),
    });
  }

  open(name: string, range: ByteRange = { start: 0 }): Readable {
    return Readable.from(this.#read(name, range), { objectMode: false, highWaterMark: 1 });
  }

  async remove(names: readonly string[]): Promise<void> {
    for (const name of names) await rm(this.#pathOf(name), { force: true });
  }

  async *list(): AsyncGenerator<{ name: string; publishedAt: Date }> {
    for await (const entry of await opendir(this.#directory)) {
      if (!entry.isFile() || !namePattern.test(entry.name)) continue;
      const publishedAt = await changedAt(join(this.#directory, entry.name));
      if (publishedAt) yield { name: entry.name, publishedAt };
    }
  }

  async sweep(olderThan: Date): Promise<number> {
    let removed = 0;
    for await (const entry of await opendir(this.#incoming)) {
      const path = join(this.#incoming, entry.name);
      const changed = await changedAt(path);
      if (!changed || changed >= olderThan) continue;
      await rm(path, { force: true });
      removed += 1;
    }
    return removed;
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#directory);
    return bavail * bsize - this.#reserveBytes;
  }

  async check(): Promise<void> {
    const writer = await this.create();
    await writer.discard();
  }

  async *#read(name: string, { start, end }: ByteRange): AsyncGenerator<Buffer> {
    if (end !== undefined && end <= start) return;
    const options = {
      start,
      highWaterMark: readBytes,
      ...(end === undefined ? {} : { end: end - 1 }),
    };
    try {
      yield* createReadStream(this.#pathOf(name), options) as AsyncIterable<Buffer>;
    } catch (cause) {
      const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
      throw missing ? new BlobMissingError(name, cause) : cause;
    }
  }

  #pathOf(name: string): string {
    if (!namePattern.test(name)) throw new BlobMissingError(name);
    return join(this.#directory, name);
  }
}

/** The inode's change time: a rename moves it, so that it is the time of publishing. */
async function changedAt(path: string): Promise<Date | null> {
  try {
    return (await stat(path)).ctime;
  } catch {
    return null;
  }
}
