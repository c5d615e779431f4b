import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompletedPart,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { BlobStoreFullError, type BlobRef, type BlobWriter } from './blob-store.ts';

/** The least that S3 takes for a part, so that little is held in memory; 10 GiB make 2,048 parts of it. */
const partBytes = 5 * 1024 * 1024;

export interface BucketBlobWriterOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly key: string;
  readonly name: string;
}

/** Sends a part while the next one fills. A blob that is smaller than a part is one PutObject in the end. */
export class BucketBlobWriter implements BlobWriter {
  readonly #options: BucketBlobWriterOptions;
  readonly #parts: CompletedPart[] = [];
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #written = 0;
  #uploadId: Promise<string> | undefined;
  /** The part on its way. Its failure is kept for the next call, so that no rejection goes unheard. */
  #sending: Promise<void> = Promise.resolve();
  #failure: { readonly cause: unknown } | undefined;
  #finished = false;

  constructor(options: BucketBlobWriterOptions) {
    this.#options = options;
  }

  async write(chunk: Buffer): Promise<void> {
    this.#throwFailure();
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    this.#written += chunk.length;
    if (this.#waitingBytes < partBytes) return;
    await this.#sendWaiting();
  }

  async publish(): Promise<BlobRef> {
    if (this.#uploadId) {
      if (this.#waitingBytes > 0) await this.#sendWaiting();
      await this.#settle();
      await this.#complete(await this.#uploadId);
    } else {
      const { client, bucket: Bucket, key: Key } = this.#options;
      const Body = this.#takeWaiting();
      await client.send(new PutObjectCommand({ Bucket, Key, Body })).catch(rethrowFull);
    }
    this.#finished = true;
    return { name: this.#options.name, size: this.#written };
  }

  async discard(): Promise<void> {
    if (this.#finished) return;
    this.#finished = true;
    this.#waiting = [];
    await this.#sending;
    // An upload that could not even be begun leaves nothing behind; what cannot be aborted is swept.
    const UploadId = await this.#uploadId?.catch(() => undefined);
    if (UploadId === undefined) return;
    const { client, bucket: Bucket, key: Key } = this.#options;
    const abort = new AbortMultipartUploadCommand({ Bucket, Key, UploadId });
    await client.send(abort).catch(() => undefined);
  }

  async #sendWaiting(): Promise<void> {
    await this.#settle();
    const Body = this.#takeWaiting();
    this.#sending = this.#sendPart(Body).catch((cause: unknown) => {
      this.#failure = { cause };
    });
  }

  async #sendPart(Body: Buffer): Promise<void> {
    const { client, bucket: Bucket, key: Key } = this.#options;
    this.#uploadId ??= this.#begin();
    const UploadId = await this.#uploadId;
    const PartNumber = this.#parts.length + 1;
    const command = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body });
    const { ETag, ChecksumCRC32 } = await client.send(command).catch(rethrowFull);
    this.#parts.push({ PartNumber, ETag, ChecksumCRC32 });
  }

  async #begin(): Promise<string> {
    const { client, bucket: Bucket, key: Key } = this.#options;
    const created = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    if (created.UploadId === undefined)
      throw new Error('The bucket began an upload without an id.');
    return created.UploadId;
  }

  async #complete(UploadId: string): Promise<void> {
    const { client, bucket: Bucket, key: Key } = this.#options;
    const MultipartUpload = { Parts: this.#parts };
    const command = new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload });
    await client.send(command).catch(rethrowFull);
  }

  #takeWaiting(): Buffer {
    const body = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    return body;
  }

  async #settle(): Promise<void> {
    await this.#sending;
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.cause;
  }
}

/** As servers with a quota name it. */
const fullNames = new Set(['QuotaExceeded', 'InsufficientCapacity', 'XMinioStorageFull']);

function rethrowFull(cause: unknown): never {
  const full = cause instanceof Error && fullNames.has(cause.name);
  throw full ? new BlobStoreFullError(cause) : cause;
}
