import { PutObjectCommand, type PutObjectCommandOutput, type S3Client } from '@aws-sdk/client-s3';
import type { BlobRef, BlobWriter } from './blob-store.ts';
import { HeldBackTransfer } from './held-back-transfer.ts';
import { rethrowFull } from './rethrow-full.ts';

export interface BucketObjectWriterOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly key: string;
  readonly name: string;
  readonly size: number;
}

/** A blob of known size is one PutObject, handed through while it comes. */
export class BucketObjectWriter implements BlobWriter {
  readonly #options: BucketObjectWriterOptions;
  readonly #transfer: HeldBackTransfer<PutObjectCommandOutput>;

  constructor(options: BucketObjectWriterOptions) {
    this.#options = options;
    const { client, bucket: Bucket, key: Key, size } = options;
    this.#transfer = new HeldBackTransfer({
      size,
      send: (Body, abortSignal) =>
        client
          .send(new PutObjectCommand({ Bucket, Key, Body, ContentLength: size }), { abortSignal })
          .catch(rethrowFull),
    });
  }

  write(chunk: Buffer): Promise<void> {
    return this.#transfer.write(chunk);
  }

  async publish(): Promise<BlobRef> {
    await this.#transfer.finish();
    const { name, size } = this.#options;
    return { name, size };
  }

  discard(): Promise<void> {
    return this.#transfer.cancel();
  }
}
