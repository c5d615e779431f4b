import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { UploadPartCommand, type S3Client, type UploadPartCommandOutput } from '@aws-sdk/client-s3';
import { AssemblyGoneError, type OpenAssembly, type PartWriter } from './blob-assembly.ts';
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

/**
 * Hands a part through to the bucket while it comes, all but its last piece. That one follows when the part is published,
 * which is when everything that the client declared was verified. A part that is discarded is thus never whole for the
 * bucket, and what it has under the number stays.
 */
export class BucketPartWriter implements PartWriter {
  readonly #options: BucketPartWriterOptions;
  readonly #body = new PassThrough({ highWaterMark: 1024 * 1024 });
  readonly #stop = new AbortController();
  #withheld: Buffer | null = null;
  #written = 0;
  #sending: Promise<UploadPartCommandOutput> | null = null;
  #finished = false;

  constructor(options: BucketPartWriterOptions) {
    this.#options = options;
    // The request tells what goes wrong.
    this.#body.on('error', () => undefined);
  }

  async write(chunk: Buffer): Promise<void> {
    if (chunk.length === 0) return;
    const before = this.#withheld;
    this.#withheld = chunk;
    this.#written += chunk.length;
    if (before) await this.#pass(before);
  }

  async publish(): ReturnType<PartWriter['publish']> {
    const { size, assembly } = this.#options;
    if (this.#written !== size) {
      throw new Error(`A part of ${size} bytes was announced, and has ${this.#written}.`);
    }
    const last = this.#withheld ?? Buffer.alloc(0);
    if (this.#sending) this.#body.end(last);
    const { ETag, ChecksumCRC32 } = await (this.#sending ?? this.#send(last));
    if (ETag === undefined) throw new Error('The bucket took a part without an ETag.');
    this.#finished = true;
    const sums = ChecksumCRC32 === undefined ? { ETag } : { ETag, ChecksumCRC32 };
    return { name: assembly.name, size, receipt: formatReceipt(sums) };
  }

  async discard(): Promise<void> {
    if (this.#finished) return;
    this.#finished = true;
    this.#stop.abort();
    await this.#sending?.catch(() => undefined);
    this.#body.destroy();
  }

  async #pass(piece: Buffer): Promise<void> {
    this.#sending ??= this.#begin();
    if (this.#body.write(piece)) return;
    // The request only ends before its body does when it fails.
    await Promise.race([once(this.#body, 'drain'), this.#sending]);
  }

  /** The failure is kept for who awaits it. */
  #begin(): Promise<UploadPartCommandOutput> {
    const sending = this.#send(this.#body);
    sending.catch(() => undefined);
    return sending;
  }

  #send(Body: Buffer | PassThrough): Promise<UploadPartCommandOutput> {
    const { client, bucket: Bucket, key: Key, assembly, partNumber, size } = this.#options;
    const command = new UploadPartCommand({
      Bucket,
      Key,
      UploadId: assembly.assemblyId,
      PartNumber: partNumber,
      ContentLength: size,
      Body,
    });
    return client.send(command, { abortSignal: this.#stop.signal }).catch((cause: unknown) => {
      if (cause instanceof Error && cause.name === 'NoSuchUpload') {
        throw new AssemblyGoneError(assembly, cause);
      }
      return rethrowFull(cause);
    });
  }
}
