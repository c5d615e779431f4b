import { createWriteStream, openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { S3Client } from '@bradenmacdonald/s3-lite-client';
import { serve, target } from './serve.ts';

const { endpoint, bucket, region, accessKeyId, secret } = target();
const client = new S3Client({
  endPoint: endpoint,
  bucket,
  region,
  accessKey: accessKeyId,
  secretKey: secret,
});
const partSize = 10 * 1024 * 1024;

await serve({
  async put(key, file) {
    const blob = await openAsBlob(file);
    await client.putObject(key, blob.stream(), { size: blob.size, partSize });
  },
  async get(key, file) {
    const { body } = await client.getObject(key);
    if (!body) throw new Error('no body');
    await pipeline(Readable.from(body), createWriteStream(file));
  },
  async list(prefix) {
    const keys: string[] = [];
    for await (const { key } of client.listObjects({ prefix })) keys.push(key);
    return keys;
  },
  size: async (key) => (await client.statObject(key)).size,
  remove: (key) => client.deleteObject(key),
});
