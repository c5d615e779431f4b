import { checksumHeaders } from '../checksum-headers.ts';
import { storePart } from '../multipart/store-part.ts';
import type { S3Command } from '../s3-command.ts';

/** Stores a part. A number that is sent again replaces the part that had it. */
export const uploadPart: S3Command = {
  name: 'UploadPart',
  body: 'object',
  async run(context) {
    const { etag, checksum } = await storePart(context, (limits) => context.receive(limits));
    return { status: 200, headers: { etag: `"${etag}"`, ...checksumHeaders(checksum) } };
  },
};
