import { fullObjectChecksum } from '../checksum-headers.ts';
import { s3Errors } from '../errors.ts';
import type { Checksum, ChecksumAlgorithm } from '../payload/checksum.ts';
import type { ReceivedObject } from '../payload/receive-object.ts';
import type { MultipartUpload } from '../ports.ts';
import type { S3Context } from '../s3-command.ts';
import { parsePartNumber } from './part-number.ts';
import { requireOpenUpload } from './require-upload.ts';

export interface PartLimits {
  /** What the parts received so far leave of the object's limit. */
  readonly maxBytes: number;
  /** The upload's; null when it names none. */
  readonly algorithm: ChecksumAlgorithm | null;
}

/**
 * Stores what `obtain` brings as the part that a request names, replacing the part that had the number.
 *
 * @throws InvalidArgument for a number that cannot be, NoSuchUpload
 */
export async function storePart(
  context: S3Context,
  obtain: (limits: PartLimits) => Promise<ReceivedObject>,
): Promise<{ readonly etag: string; readonly checksum: Checksum | null }> {
  const { objects, query } = context;
  const partNumber = parsePartNumber(query.get('partNumber'));
  const upload = await requireOpenUpload(context);
  const maxBytes = await remainingBytes({ context, upload, partNumber });
  const algorithm = upload.checksumAlgorithm;
  const received = await obtain({ maxBytes, algorithm });
  const { blob } = received;
  const etag = received.md5.toString('hex');
  const checksum = fullObjectChecksum(received.checksum);
  const stored = await objects.multipart.putPart({
    uploadId: upload.uploadId,
    part: { partNumber, blob, etag, checksum: algorithm && (checksum?.value ?? null) },
  });
  if (stored.kind === 'no-such-upload') {
    await context.discard([blob.name]);
    throw s3Errors.NoSuchUpload();
  }
  if (stored.replaced !== null) await context.discard([stored.replaced]);
  return { etag, checksum };
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
