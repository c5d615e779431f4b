import { UploadPartCommand, type S3Client, type UploadPartCommandOutput } from '@aws-sdk/client-s3';
import { AssemblyGoneError, type OpenAssembly, type PartWriter } from './blob-assembly.ts';
import { HeldBackTransfer } from './held-back-transfer.ts';
import { formatReceipt } from './part-receipt.ts';
import { rethrowFull } from './rethrow-full.ts';

export interface BucketPartWriterOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly key: string;
  readonly assembly: OpenAssembly;
  readonly partNumber: number;
  readonly size: number;
}

/** A part of an upload of the bucket's. One that is discarded leaves what the bucket has under the number. */
export class BucketPartWriter implements PartWriter {
  readonly #options: BucketPartWriterOptions;
  readonly #transfer: HeldBackTransfer<UploadPartCommandOutput>;

  constructor(options: BucketPartWriterOptions) {
    this.#options = options;
    const { client, bucket: Bucket, key: Key, assembly, partNumber, size } = options;
    const part = { Bucket, Key, UploadId: assembly.assemblyId, PartNumber: partNumber };
    this.#transfer = new HeldBackTransfer({
      size,
      send: (Body, abortSignal) =>
        client
          .send(new UploadPartCommand({ ...part, Body, ContentLength: size }), { abortSignal })
          .catch((cause: unknown) => {
            const isGone = cause instanceof Error && cause.name === 'NoSuchUpload';
            if (isGone) throw new AssemblyGoneError(assembly, cause);
            return rethrowFull(cause);
          }),
    });
  }

  write(chunk: Buffer): Promise<void> {
    return this.#transfer.write(chunk);
  }

  async publish(): ReturnType<PartWriter['publish']> {
    const { ETag, ChecksumCRC32 } = await this.#transfer.finish();
    if (ETag === undefined) throw new Error('The bucket took a part without an ETag.');
    const sums = ChecksumCRC32 === undefined ? { ETag } : { ETag, ChecksumCRC32 };
    const { assembly, size } = this.#options;
    return { name: assembly.name, size, receipt: formatReceipt(sums) };
  }

  discard(): Promise<void> {
    return this.#transfer.cancel();
  }
}
