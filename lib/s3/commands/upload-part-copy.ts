import { checksumElements } from '../checksum-headers.ts';
import { copyBytes } from '../copy/copy-bytes.ts';
import { parseCopyRange, requireCopySource } from '../copy/copy-source.ts';
import { s3Errors } from '../errors.ts';
import { storePart } from '../multipart/store-part.ts';
import { xmlResponse, type S3Command } from '../s3-command.ts';
import { writeXml } from '../xml/write-xml.ts';

/** Makes a part of bytes of another object below the same prefix. */
export const uploadPartCopy: S3Command = {
  name: 'UploadPartCopy',
  body: 'none',
  checksumDescribesObject: true,
  async run(context) {
    const part = await storePart(context, async ({ maxBytes, algorithm, createWriter }) => {
      const source = await requireCopySource(context);
      const range = parseCopyRange(context.headers, source.size);
      if (range.end - range.start > maxBytes) throw s3Errors.EntityTooLarge();
      return copyBytes({ blobs: context.blobs, source, range, algorithm, createWriter });
    });
    return xmlResponse(
      writeXml('CopyPartResult', {
        LastModified: new Date().toISOString(),
        ETag: `"${part.etag}"`,
        ...checksumElements(part.checksum),
      }),
    );
  },
};
