import { AssemblyGoneError } from '#lib/blob/blob-assembly.ts';
import type { BlobWriter } from '#lib/blob/blob-store.ts';
import { fullObjectChecksum } from '../checksum-headers.ts';
import { s3Errors, type S3Error } from '../errors.ts';
import type { Checksum, ChecksumAlgorithm } from '../payload/checksum.ts';
import type { ReceivedObject } from '../payload/receive-object.ts';
import type { MultipartUpload, PutPartResult } from '../ports.ts';
import type { S3Context } from '../s3-command.ts';
import { parsePartNumber } from './part-number.ts';
import { requireOpenUpload } from './require-upload.ts';

export interface PartLimits {
  /** What the parts received so far leave of the object's limit. */
  readonly maxBytes: number;
  /** The upload's; null when it names none. */
  readonly algorithm: ChecksumAlgorithm | null;
  /** Begins what the part's bytes go into. */
  readonly createWriter: (expectedBytes: number | null) => Promise<BlobWriter>;
}

/**
 * Stores what `obtain` brings as the part that a request names, replacing the part that had the number.
 *
 * @throws InvalidArgument for a number that cannot be, NoSuchUpload, OperationAborted while the upload is being completed,
 *   InvalidAccessKeyId when the key was ended meanwhile
 */
export async function storePart(
  context: S3Context,
  obtain: (limits: PartLimits) => Promise<ReceivedObject>,
): Promise<{ readonly etag: string; readonly checksum: Checksum | null }> {
  const { objects, query } = context;
  const partNumber = parsePartNumber(query.get('partNumber'));
  const upload = await requireOpenUpload(context);
  if (upload.isCompleting) throw s3Errors.OperationAborted();
  const maxBytes = await remainingBytes({ context, upload, partNumber });
  const algorithm = upload.checksumAlgorithm;
  const createWriter = (size: number | null) => beginPart({ context, upload, partNumber, size });
  const received = await obtain({ maxBytes, algorithm, createWriter }).catch((cause: unknown) => {
    throw cause instanceof AssemblyGoneError ? s3Errors.NoSuchUpload() : cause;
  });
  const { blob } = received;
  const etag = received.md5.toString('hex');
  const checksum = fullObjectChecksum(received.checksum);
  const stored = await objects.multipart.putPart({
    uploadId: upload.uploadId,
    credential: context.credential,
    part: { partNumber, blob, etag, checksum: algorithm && (checksum?.value ?? null) },
  });
  if (stored.kind !== 'stored') {
    if (blob.receipt === undefined) await context.discard([blob.name]);
    throw refusalOf(stored.kind);
  }
  if (stored.replaced !== null) await context.discard([stored.replaced]);
  return { etag, checksum };
}

function refusalOf(kind: Exclude<PutPartResult['kind'], 'stored'>): S3Error {
  switch (kind) {
    case 'completing':
      return s3Errors.OperationAborted();
    case 'no-such-upload':
      return s3Errors.NoSuchUpload();
    case 'key-ended':
      return s3Errors.InvalidAccessKeyId();
  }
}

/** In a bucket, the part of a client's upload is a part of the bucket's. One that cannot be becomes a blob of its own. */
async function beginPart(options: {
  readonly context: S3Context;
  readonly upload: MultipartUpload;
  readonly partNumber: number;
  readonly size: number | null;
}): Promise<BlobWriter> {
  const { context, upload, partNumber, size } = options;
  const { assembly } = context.blobs;
  const isPossible = assembly && upload.assembly && size !== null && size <= assembly.mostPartBytes;
  if (!isPossible) return context.blobs.create(size ?? undefined);
  return assembly.writePart({ assembly: upload.assembly, partNumber, size });
}

/** A part that is sent again makes way first. */
async function remainingBytes(options: {
  readonly context: S3Context;
  readonly upload: MultipartUpload;
  readonly partNumber: number;
}): Promise<number> {
  const { context, upload, partNumber } = options;
  const [next] = await context.objects.multipart.listParts({
    uploadId: upload.uploadId,
    after: partNumber - 1,
    limit: 1,
  });
  const replaced = next?.partNumber === partNumber ? next.blob.size : 0;
  return context.settings.maxObjectBytes - upload.receivedBytes + replaced;
}
