import { Client } from 'minio';
import { z } from 'zod';
import { serve, target } from './serve.ts';

const { endpoint, bucket, accessKeyId, secret } = target();
const url = new URL(endpoint);
// Without a region the client asks for the bucket's first.
const client = new Client({
  endPoint: url.hostname,
  port: Number(url.port),
  useSSL: url.protocol === 'https:',
  accessKey: accessKeyId,
  secretKey: secret,
  pathStyle: true,
  partSize: 10 * 1024 * 1024,
});

const listed = z.object({ name: z.string() });

await serve({
  put: (key, file) => client.fPutObject(bucket, key, file),
  get: (key, file) => client.fGetObject(bucket, key, file),
  async list(prefix) {
    const names: string[] = [];
    for await (const item of client.listObjectsV2(bucket, prefix, true)) {
      names.push(listed.parse(item).name);
    }
    return names;
  },
  size: async (key) => (await client.statObject(bucket, key)).size,
  remove: (key) => client.removeObject(bucket, key),
});
