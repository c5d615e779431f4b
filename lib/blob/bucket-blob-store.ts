import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  HeadBucketCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { BlobStore, BlobWriter, ByteRange } from './blob-store.ts';
import { BlobMissingError } from './blob-store.ts';
import { BucketAssembly } from './bucket-assembly.ts';
import { BucketBlobWriter } from './bucket-blob-writer.ts';
import { BucketObjectWriter } from './bucket-object-writer.ts';
import { connectBucket, connectionTimeout, type BucketOptions } from './bucket-client.ts';
import { listOpenUploads } from './list-open-uploads.ts';
import { readObject } from './read-object.ts';

const namePattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const parallelRemovals = 8;
/** As Amazon S3 has it, for an object in one request. */
const mostObjectBytes = 5 * 1024 ** 3;
/** What is on its way holds a connection for as long as its client takes. */
const mostConnections = 1024;
/** Milliseconds without a byte in either direction after which a bucket counts as gone. */
const usualIdleTimeout = 150_000;
/** Milliseconds that the question whether the bucket is there may take. */
const patience = 10_000;
/** The SDK tells the console of each transfer that is given up, which clients cause as they like. */
const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export interface BucketStoreOptions extends BucketOptions {
  /** Longer than clients may be silent in the middle of an upload, which is handed through. 150,000 unless told. */
  readonly idleTimeout?: number;
}

/**
 * Blobs as objects `<prefix><uuid>` of a bucket. What is still being written is an open multipart upload there, so that
 * nothing is seen before it is whole; so is a client's upload in parts.
 *
 * @example
 * const blobs = await BucketBlobStore.open({ bucket: 'imports', region: 'eu-central-1', prefix: 'opendcp/' });
 */
export class BucketBlobStore implements BlobStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;
  readonly assembly: BucketAssembly;

  private constructor(options: BucketStoreOptions) {
    const agent = { maxSockets: mostConnections, keepAlive: true };
    this.#client = connectBucket(options, {
      requestHandler: {
        httpAgent: agent,
        httpsAgent: agent,
        connectionTimeout,
        socketTimeout: options.idleTimeout ?? usualIdleTimeout,
      },
      logger: quiet,
    });
    this.#bucket = options.bucket;
    this.#prefix = options.prefix;
    const keyOf = (name: string) => this.#keyOf(name);
    this.assembly = new BucketAssembly({ client: this.#client, bucket: this.#bucket, keyOf });
  }

  /** @throws {Error} one sentence for the operator when the bucket cannot be reached */
  static async open(options: BucketStoreOptions): Promise<BucketBlobStore> {
    const store = new BucketBlobStore(options);
    try {
      await store.check();
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      throw new Error(
        `The bucket ${options.bucket} cannot be reached (${reason}). Check the IMPORT_S3 settings.`,
        { cause: error },
      );
    }
    return store;
  }

  create(size?: number): Promise<BlobWriter> {
    const name = randomUUID();
    const target = { client: this.#client, bucket: this.#bucket, key: this.#keyOf(name), name };
    const isOneRequest = size !== undefined && size <= mostObjectBytes;
    return Promise.resolve(
      isOneRequest ? new BucketObjectWriter({ ...target, size }) : new BucketBlobWriter(target),
    );
  }

  open(name: string, range: ByteRange = { start: 0 }): Readable {
    const place = () => ({
      client: this.#client,
      bucket: this.#bucket,
      key: this.#keyOf(name),
      name,
    });
    return Readable.from(readObject(place, range), { objectMode: false, highWaterMark: 1 });
  }

  async remove(names: readonly string[]): Promise<void> {
    const waiting = [...new Set(names)];
    const removeNext = async () => {
      for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
        const Key = this.#keyOf(name);
        await this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key }));
      }
    };
    await Promise.all(Array.from({ length: parallelRemovals }, removeNext));
  }

  async *list(): AsyncGenerator<{ name: string; publishedAt: Date }> {
    const { client, bucket: Bucket, prefix: Prefix } = this.#place();
    for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
      for (const { Key = '', LastModified } of page.Contents ?? []) {
        const name = Key.slice(Prefix.length);
        // Whatever else lies in the bucket is not ours to sweep.
        if (namePattern.test(name) && LastModified) yield { name, publishedAt: LastModified };
      }
    }
  }

  async sweep(olderThan: Date, needed: ReadonlySet<string> = new Set()): Promise<number> {
    const { client, bucket: Bucket } = this.#place();
    let removed = 0;
    for await (const { key: Key, uploadId: UploadId, begunAt } of listOpenUploads(this.#place())) {
      const name = Key.slice(this.#prefix.length);
      if (begunAt >= olderThan || needed.has(name) || !namePattern.test(name)) continue;
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
      removed += 1;
    }
    return removed;
  }

  /** A bucket grows; where it has a quota, writing fails with `BlobStoreFullError`. */
  freeBytes(): Promise<number> {
    return Promise.resolve(Number.MAX_SAFE_INTEGER);
  }

  async check(): Promise<void> {
    const abortSignal = AbortSignal.timeout(patience);
    await this.#client.send(new HeadBucketCommand({ Bucket: this.#bucket }), { abortSignal });
  }

  #place() {
    return { client: this.#client, bucket: this.#bucket, prefix: this.#prefix };
  }

  #keyOf(name: string): string {
    if (!namePattern.test(name)) throw new BlobMissingError(name);
    return this.#prefix + name;
  }
}
