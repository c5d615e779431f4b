import { parseChecksumSettings } from '../multipart/checksum-settings.ts';
import { describeObject } from '../object-description.ts';
import { xmlResponse, type S3Command } from '../s3-command.ts';
import { writeXml } from '../xml/write-xml.ts';

/** Opens an upload in parts. */
export const createMultipartUpload: S3Command = {
  name: 'CreateMultipartUpload',
  body: 'none',
  checksumDescribesObject: true,
  async run({ objects, blobs, key, credential, headers, bucket }) {
    const settings = parseChecksumSettings(headers);
    const description = describeObject(headers);
    const uploadId = await objects.multipart.create({
      ...description,
      ...settings,
      key,
      credential,
      assembly: (await blobs.assembly?.begin()) ?? null,
    });
    const response = xmlResponse(
      writeXml('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId: uploadId }),
    );
    const { checksumAlgorithm, checksumType } = settings;
    if (!checksumAlgorithm || !checksumType) return response;
    const answered = {
      'x-amz-checksum-algorithm': checksumAlgorithm,
      'x-amz-checksum-type': checksumType,
    };
    return { ...response, headers: answered };
  },
};
