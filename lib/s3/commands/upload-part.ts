import { checksumHeaders, fullObjectChecksum } from '../checksum-headers.ts';
import { s3Errors } from '../errors.ts';
import { requireOpenUpload } from '../multipart/require-upload.ts';
import { parsePartNumber } from '../multipart/part-number.ts';
import type { MultipartUpload } from '../ports.ts';
import type { S3Command, S3Context } from '../s3-command.ts';

/** Stores a part. A number that is sent again replaces the part that had it. */
export const uploadPart: S3Command = {
  name: 'UploadPart',
  body: 'object',
  async run(context) {
    const { objects, query } = context;
    const partNumber = parsePartNumber(query.get('partNumber'));
    const upload = await requireOpenUpload(context);
    const maxBytes = await remainingBytes({ context, upload, partNumber });
    const algorithm = upload.checksumAlgorithm;
    const received = await context.receive({ maxBytes, algorithm });
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
    return { status: 200, headers: { etag: `"${etag}"`, ...checksumHeaders(checksum) } };
  },
};

/** What the parts received so far leave of the object's limit; a part that is sent again makes way first. */
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
