import { ListMultipartUploadsCommand, type S3Client } from '@aws-sdk/client-s3';

export interface OpenUpload {
  readonly key: string;
  readonly uploadId: string;
  readonly begunAt: Date;
}

/** Every multipart upload below a prefix that is neither completed nor aborted. */
export async function* listOpenUploads(options: {
  readonly client: S3Client;
  readonly bucket: string;
  readonly prefix: string;
}): AsyncGenerator<OpenUpload> {
  const { client, bucket: Bucket, prefix: Prefix } = options;
  let marker = {};
  for (;;) {
    const command = new ListMultipartUploadsCommand({ Bucket, Prefix, ...marker });
    const page = await client.send(command);
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (Key !== undefined && UploadId !== undefined && Initiated) {
        yield { key: Key, uploadId: UploadId, begunAt: Initiated };
      }
    }
    if (!page.IsTruncated) return;
    marker = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
  }
}
