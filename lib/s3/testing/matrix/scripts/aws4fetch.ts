import { readFile, writeFile } from 'node:fs/promises';
import { AwsClient } from 'aws4fetch';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { serve, target } from './serve.ts';

const { endpoint, bucket, region, accessKeyId, secret } = target();
const client = new AwsClient({
  accessKeyId,
  secretAccessKey: secret,
  region,
  service: 's3',
  retries: 0,
});
const xml = new XMLParser({ isArray: (name) => name === 'Contents', parseTagValue: false });
const listing = z.object({
  ListBucketResult: z.object({ Contents: z.array(z.object({ Key: z.string() })).default([]) }),
});

function urlOf(key: string): string {
  const path = encodeURIComponent(key)
    .replaceAll('%2F', '/')
    .replace(/[!'()*]/g, percent);
  return `${endpoint}/${bucket}/${path}`;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

async function request(url: string, init: RequestInit = {}): Promise<Response> {
  const response = await client.fetch(url, init);
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response;
}

await serve({
  put: async (key, file) => request(urlOf(key), { method: 'PUT', body: await readFile(file) }),
  async get(key, file) {
    await writeFile(file, Buffer.from(await (await request(urlOf(key))).arrayBuffer()));
  },
  async list(prefix) {
    const query = new URLSearchParams({ 'list-type': '2', prefix });
    const text = await (await request(`${endpoint}/${bucket}?${query.toString()}`)).text();
    const { ListBucketResult } = listing.parse(xml.parse(text));
    return ListBucketResult.Contents.map(({ Key }) => Key);
  },
  async size(key) {
    const { headers } = await request(urlOf(key), { method: 'HEAD' });
    return Number(headers.get('content-length'));
  },
  remove: (key) => request(urlOf(key), { method: 'DELETE' }),
});
