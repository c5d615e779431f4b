import { randomUUID } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListPartsCommand,
  S3ServiceException,
  type S3Client,
} from '@aws-sdk/client-s3';
import type {
  AssemblyOutcome,
  AssemblyPart,
  BlobAssembly,
  OpenAssembly,
  PartsToAssemble,
  PartWriter,
} from './blob-assembly.ts';
import { BucketPartWriter } from './bucket-part-writer.ts';
import { parseReceipt } from './part-receipt.ts';
import { rethrowFull } from './rethrow-full.ts';

export interface BucketAssemblyOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly keyOf: (name: string) => string;
}

/** Refusals of a list of parts, after which the upload is open as before. */
const refusals = new Set(['InvalidPart', 'InvalidPartOrder', 'EntityTooSmall', 'InvalidRequest']);

/** A client's upload in parts is one of the bucket's. */
export class BucketAssembly implements BlobAssembly {
  /** As Amazon S3 has it. */
  readonly mostPartBytes = 5 * 1024 ** 3;
  readonly #options: BucketAssemblyOptions;

  constructor(options: BucketAssemblyOptions) {
    this.#options = options;
  }

  async begin(): Promise<OpenAssembly> {
    const { client, bucket: Bucket, keyOf } = this.#options;
    const name = randomUUID();
    const command = new CreateMultipartUploadCommand({ Bucket, Key: keyOf(name) });
    const { UploadId } = await client.send(command).catch(rethrowFull);
    if (UploadId === undefined) throw new Error('The bucket began an upload without an id.');
    return { name, assemblyId: UploadId };
  }

  writePart(options: {
    readonly assembly: OpenAssembly;
    readonly partNumber: number;
    readonly size: number;
  }): PartWriter {
    const { client, bucket, keyOf } = this.#options;
    return new BucketPartWriter({ client, bucket, key: keyOf(options.assembly.name), ...options });
  }

  async complete(
    assembly: OpenAssembly,
    { listed, others }: PartsToAssemble,
  ): Promise<AssemblyOutcome> {
    const all = [...listed, ...others].sort((a, b) => a.partNumber - b.partNumber);
    // Amazon forgets parts that are not listed, radosgw wants to hear of each.
    const lists = others.length === 0 ? [listed] : [listed, all];
    let isRefused = false;
    for (const parts of lists) {
      const outcome = await this.#completeWith(assembly, parts);
      if (outcome === 'complete') return { kind: 'complete', offsets: locate(listed, parts) };
      isRefused ||= outcome === 'refused';
    }
    return { kind: isRefused ? 'refused' : 'gone' };
  }

  async #completeWith(
    assembly: OpenAssembly,
    parts: readonly AssemblyPart[],
  ): Promise<AssemblyOutcome['kind']> {
    const { client, bucket: Bucket } = this.#options;
    const size = parts.reduce((total, part) => total + part.size, 0);
    // Not every server knows a part without bytes.
    const filled = size === 0 ? parts.slice(0, 1) : parts.filter((part) => part.size > 0);
    const Parts = filled.map(({ partNumber, receipt }) => ({
      PartNumber: partNumber,
      ...parseReceipt(receipt),
    }));
    const upload = { Bucket, ...this.#nameUpload(assembly), MultipartUpload: { Parts } };
    try {
      await client.send(new CompleteMultipartUploadCommand(upload));
      return (await this.#sizeOf(assembly)) === size ? 'complete' : 'gone';
    } catch (cause) {
      if (!(cause instanceof S3ServiceException)) throw cause;
      if (refusals.has(cause.name)) return 'refused';
      // It may have been completed by a request whose answer was lost. Servers find various words for that.
      if ((await this.#sizeOf(assembly)) === size) return 'complete';
      if (!(await this.#isOpen(assembly))) return 'gone';
      return rethrowFull(cause);
    }
  }

  async abort(assembly: OpenAssembly): Promise<void> {
    const { client, bucket: Bucket } = this.#options;
    const command = new AbortMultipartUploadCommand({ Bucket, ...this.#nameUpload(assembly) });
    await client.send(command).catch((cause: unknown) => {
      if (!(cause instanceof S3ServiceException) || cause.name !== 'NoSuchUpload') throw cause;
    });
  }

  #nameUpload({ name, assemblyId }: OpenAssembly) {
    return { Key: this.#options.keyOf(name), UploadId: assemblyId };
  }

  async #isOpen(assembly: OpenAssembly): Promise<boolean> {
    const { client, bucket: Bucket } = this.#options;
    const command = { Bucket, ...this.#nameUpload(assembly), MaxParts: 1 };
    try {
      await client.send(new ListPartsCommand(command));
      return true;
    } catch (cause) {
      if (cause instanceof S3ServiceException && cause.$metadata.httpStatusCode === 404)
        return false;
      throw cause;
    }
  }

  /** Null when there is no such object. */
  async #sizeOf({ name }: OpenAssembly): Promise<number | null> {
    const { client, bucket: Bucket, keyOf } = this.#options;
    try {
      const head = await client.send(new HeadObjectCommand({ Bucket, Key: keyOf(name) }));
      return head.ContentLength ?? null;
    } catch (cause) {
      if (cause instanceof S3ServiceException && cause.$metadata.httpStatusCode === 404)
        return null;
      throw cause;
    }
  }
}

/** Where each listed part begins in a blob that is made of `parts`. */
function locate(
  listed: readonly AssemblyPart[],
  parts: readonly AssemblyPart[],
): readonly number[] {
  const offsets = new Map<number, number>();
  let offset = 0;
  for (const { partNumber, size } of parts) {
    offsets.set(partNumber, offset);
    offset += size;
  }
  return listed.map(({ partNumber }) => offsets.get(partNumber) ?? 0);
}
