import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { serve, target } from './serve.ts';

const { endpoint, bucket: Bucket, region, accessKeyId, secret } = target();
const credentials = { accessKeyId, secretAccessKey: secret };
const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
const isParallel = process.env['MATRIX_MODE'] === 'lib-storage';

await serve({
  async put(Key, file) {
    const Body = createReadStream(file);
    if (isParallel) {
      await new Upload({ client: s3, params: { Bucket, Key, Body } }).done();
      return;
    }
    const ContentLength = (await stat(file)).size;
    await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength }));
  },
  async get(Key, file) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    if (Body instanceof Readable) await pipeline(Body, createWriteStream(file));
  },
  async list(Prefix) {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
    return (page.Contents ?? []).map(({ Key }) => Key ?? '');
  },
  async size(Key) {
    return (await s3.send(new HeadObjectCommand({ Bucket, Key }))).ContentLength ?? -1;
  },
  remove: (Key) => s3.send(new DeleteObjectCommand({ Bucket, Key })),
});
