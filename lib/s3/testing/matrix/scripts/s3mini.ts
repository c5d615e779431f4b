import { readFile, writeFile } from 'node:fs/promises';
import { S3mini } from 's3mini';
import { serve, target } from './serve.ts';

const { endpoint, bucket, region, accessKeyId, secret } = target();
const client = new S3mini({
  accessKeyId,
  secretAccessKey: secret,
  endpoint: `${endpoint}/${bucket}`,
  region,
});

await serve({
  put: async (key, file) => client.putAnyObject(key, await readFile(file)),
  async get(key, file) {
    const bytes = await client.getObjectArrayBuffer(key);
    if (!bytes) throw new Error('no object');
    await writeFile(file, Buffer.from(bytes));
  },
  list: async (prefix) => ((await client.listObjects('/', prefix)) ?? []).map(({ Key }) => Key),
  size: (key) => client.getContentLength(key),
  remove: (key) => client.deleteObject(key),
});
