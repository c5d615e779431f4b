import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompletedPart,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { BlobRef, BlobWriter } from './blob-store.ts';
import { rethrowFull } from './rethrow-full.ts';

/** The least that S3 takes for a part, so that little is held in memory; 10 GiB make 2,048 parts of it. */
const partBytes = 5 * 1024 * 1024;

export interface BucketBlobWriterOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly key: string;
  readonly name: string;
}

/**
 * A blob whose size is not known, or above what one request can have. Sends a part while the next one fills; a blob that is smaller
 * than a part is one PutObject in the end.
 */
export class BucketBlobWriter implements BlobWriter {
  readonly #options: BucketBlobWriterOptions;
  readonly #parts: CompletedPart[] = [];
  /** What comes is copied here, so that memory for two parts is all that a blob takes. */
  #part: Buffer | null = null;
  #partLength = 0;
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
    this.#written += chunk.length;
    for (let taken = 0; taken < chunk.length;) {
      this.#part ??= Buffer.allocUnsafe(partBytes);
      const copied = chunk.copy(this.#part, this.#partLength, taken);
      this.#partLength += copied;
      taken += copied;
      if (this.#partLength === partBytes) await this.#sendPart();
    }
  }

  async publish(): Promise<BlobRef> {
    if (this.#uploadId) {
      if (this.#partLength > 0) await this.#sendPart();
      await this.#settle();
      await this.#complete(await this.#uploadId);
    } else {
      const { client, bucket: Bucket, key: Key } = this.#options;
      const Body = this.#takePart();
      await client.send(new PutObjectCommand({ Bucket, Key, Body })).catch(rethrowFull);
    }
    this.#finished = true;
    return { name: this.#options.name, size: this.#written };
  }

  async discard(): Promise<void> {
    if (this.#finished) return;
    this.#finished = true;
    this.#part = null;
    await this.#sending;
    // An upload that could not even be begun leaves nothing behind; what cannot be aborted is swept.
    const UploadId = await this.#uploadId?.catch(() => undefined);
    if (UploadId === undefined) return;
    const { client, bucket: Bucket, key: Key } = this.#options;
    const abort = new AbortMultipartUploadCommand({ Bucket, Key, UploadId });
    await client.send(abort).catch(() => undefined);
  }

  async #sendPart(): Promise<void> {
    await this.#settle();
    this.#sending = this.#upload(this.#takePart()).catch((cause: unknown) => {
      this.#failure = { cause };
    });
  }

  async #upload(Body: Buffer): Promise<void> {
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

  #takePart(): Buffer {
    const part = this.#part?.subarray(0, this.#partLength) ?? Buffer.alloc(0);
    this.#part = null;
    this.#partLength = 0;
    return part;
  }

  async #settle(): Promise<void> {
    await this.#sending;
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.cause;
  }
}
