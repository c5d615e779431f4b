import { parseLimit, parseMarker } from '../listing/list-parameters.ts';
import { ownerNode } from '../listing/list-nodes.ts';
import { requireOpenUpload } from '../multipart/require-upload.ts';
import { xmlResponse, type S3Command } from '../s3-command.ts';
import { writeXml } from '../xml/write-xml.ts';

/** The parts received so far, so that a client can go on with an interrupted upload. */
export const listParts: S3Command = {
  name: 'ListParts',
  body: 'none',
  async run(context) {
    const { objects, query, bucket, key } = context;
    const limit = parseLimit(query, 'max-parts');
    const after = parseMarker(query, 'part-number-marker');
    const upload = await requireOpenUpload(context);
    const { uploadId, checksumAlgorithm, checksumType } = upload;
    const found = await objects.multipart.listParts({ uploadId, after, limit: limit + 1 });
    const page = found.slice(0, limit);
    return xmlResponse(
      writeXml('ListPartsResult', {
        Bucket: bucket,
        Key: key,
        UploadId: uploadId,
        Initiator: ownerNode,
        Owner: ownerNode,
        StorageClass: 'STANDARD',
        PartNumberMarker: after,
        NextPartNumberMarker: page.at(-1)?.partNumber ?? 0,
        MaxParts: limit,
        IsTruncated: limit > 0 && found.length > limit,
        ChecksumAlgorithm: checksumAlgorithm,
        ChecksumType: checksumType,
        Part: page.map((part) => ({
          PartNumber: part.partNumber,
          LastModified: part.modifiedAt.toISOString(),
          ETag: `"${part.etag}"`,
          Size: part.blob.size,
          ...(checksumAlgorithm ? { [`Checksum${checksumAlgorithm}`]: part.checksum } : {}),
        })),
      }),
    );
  },
};
