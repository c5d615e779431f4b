import { s3Errors } from '../errors.ts';
import { ownerNode } from '../listing/list-nodes.ts';
import { parseEncoding, parseLimit } from '../listing/list-parameters.ts';
import { xmlResponse, type S3Command } from '../s3-command.ts';
import { writeXml } from '../xml/write-xml.ts';

const greatestId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** The credential's own unfinished uploads; from further up only those are seen too. */
export const listMultipartUploads: S3Command = {
  name: 'ListMultipartUploads',
  body: 'none',
  async run({ credential, objects, query, bucket }) {
    const prefix = query.get('prefix') ?? '';
    const delimiter = query.get('delimiter') ?? '';
    const isOwn = prefix.startsWith(credential.prefix);
    if (!isOwn && !credential.prefix.startsWith(prefix)) throw s3Errors.AccessDenied();
    const limit = parseLimit(query, 'max-uploads');
    const { encode, encodingType } = parseEncoding(query);
    const keyMarker = query.get('key-marker') ?? '';
    const uploadIdMarker = query.get('upload-id-marker') ?? '';
    // A key alone means behind all of its uploads.
    const afterUploadId = keyMarker !== '' && uploadIdMarker === '' ? greatestId : uploadIdMarker;
    const found = await objects.multipart.list({
      prefix: isOwn ? prefix : credential.prefix,
      afterKey: keyMarker,
      afterUploadId,
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const isTruncated = limit > 0 && found.length > limit;
    const folderOf = (key: string) => {
      const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
      return end < 0 ? null : key.slice(0, end + delimiter.length);
    };
    const folders = new Set(page.flatMap((upload) => folderOf(upload.key) ?? []));
    return xmlResponse(
      writeXml('ListMultipartUploadsResult', {
        Bucket: bucket,
        KeyMarker: encode(keyMarker),
        UploadIdMarker: uploadIdMarker,
        NextKeyMarker: isTruncated ? encode(page.at(-1)?.key ?? '') : undefined,
        NextUploadIdMarker: isTruncated ? page.at(-1)?.uploadId : undefined,
        Prefix: encode(prefix),
        Delimiter: delimiter === '' ? undefined : encode(delimiter),
        EncodingType: encodingType,
        MaxUploads: limit,
        IsTruncated: isTruncated,
        Upload: page
          .filter((upload) => folderOf(upload.key) === null)
          .map((upload) => ({
            Key: encode(upload.key),
            UploadId: upload.uploadId,
            Initiator: ownerNode,
            Owner: ownerNode,
            StorageClass: 'STANDARD',
            Initiated: upload.createdAt.toISOString(),
            ChecksumAlgorithm: upload.checksumAlgorithm,
            ChecksumType: upload.checksumType,
          })),
        CommonPrefixes: [...folders].map((folder) => ({ Prefix: encode(folder) })),
      }),
    );
  },
};
