import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chunkedBody } from './testing/chunked-body.ts';
import { send, sendSigned, signRequest } from './testing/raw-client.ts';
import { storedBytes } from './testing/stored-bytes.ts';
import { bucket, owner, startTestServer, type TestServer } from './testing/test-server.ts';

const key = `${owner.prefix}wire.csv`;
const target = `/${bucket}/${key}`;
const body = 'customerId,plan\nc1,gold\n';
const digest = createHash('md5').update(body).digest('hex');

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterEach(() => {
  expect(server.faults).toEqual([]);
});

afterAll(() => server[Symbol.asyncDispose]());

describe('CompleteMultipartUpload as clients write it', () => {
  async function complete(document: string, headers: Readonly<Record<string, string>> = {}) {
    const created = await send(server, { method: 'POST', target: `${target}?uploads=` });
    const uploadId = /<UploadId>(.*)<\/UploadId>/.exec(created.text)?.[1] ?? '';
    const part = `${target}?partNumber=3&uploadId=${uploadId}`;
    expect((await send(server, { method: 'PUT', target: part, body })).status).toBe(200);
    const path = `${target}?uploadId=${uploadId}`;
    return send(server, { method: 'POST', target: path, body: document, headers });
  }
  const documentOf = (etag: string, more = '') =>
    `<CompleteMultipartUpload><Part><PartNumber>3</PartNumber><ETag>${etag}</ETag>${more}</Part></CompleteMultipartUpload>`;

  test.each([
    ['quoted', documentOf(`"${digest}"`)],
    ['quoted by name', documentOf(`&quot;${digest}&quot;`)],
    ['quoted by number', documentOf(`&#34;${digest}&#34;`)],
    ['not quoted (s3cmd, minio)', documentOf(digest)],
    ['in capitals', documentOf(digest.toUpperCase())],
    ['with an empty checksum', documentOf(digest, '<ChecksumCRC32C></ChecksumCRC32C>')],
    [
      'with a namespace, over several lines',
      `<?xml version="1.0"?>\n${documentOf(`"${digest}"`)
        .replace('Upload>', 'Upload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">')
        .replaceAll('><', '>\n  <')}\n`,
    ],
    [
      'in another order',
      `<CompleteMultipartUpload><Part><ETag>${digest}</ETag><PartNumber>3</PartNumber></Part></CompleteMultipartUpload>`,
    ],
  ])('ETag %s', async (_, document) => {
    const response = await complete(document);
    expect(response.status).toBe(200);
    for (const element of ['Location', 'Bucket', 'Key', 'ETag']) {
      expect(response.text).toContain(`<${element}>`);
    }
    expect(response.text).toMatch(/<CompleteMultipartUploadResult /);
    expect((await storedBytes(server, key))?.toString()).toBe(body);
  });

  test('the sum of nothing, which minio-go sends as the checksum of the object', async () => {
    const response = await complete(documentOf(digest), { 'x-amz-checksum-crc32c': 'AAAAAA==' });
    expect(response.status).toBe(200);
  });
});

describe('PutObject', () => {
  const put = async (headers: Readonly<Record<string, string>>) =>
    send(server, { method: 'PUT', target, body, headers });

  test('headers about access and storage class are accepted (rclone, s3cmd)', async () => {
    const response = await put({ 'x-amz-acl': 'private', 'x-amz-storage-class': 'STANDARD' });
    expect(response.status).toBe(200);
    expect(response.headers['x-amz-version-id']).toBeUndefined();
    const head = await send(server, { method: 'HEAD', target });
    expect(head.headers['x-amz-version-id']).toBeUndefined();
    const version = await send(server, { method: 'HEAD', target: `${target}?versionId=null` });
    expect(version.status).toBe(200);
  });

  test('aws-chunked is framing in streaming modes only', async () => {
    await put({ 'content-encoding': 'aws-chunked,gzip' });
    expect((await server.objects.get(key))?.contentEncoding).toBe('aws-chunked,gzip');
  });

  test.each([
    ['aws-chunked', null],
    ['aws-chunked,gzip', 'gzip'],
    ['gzip, AWS-Chunked', 'gzip'],
    ['gzip', 'gzip'],
    // minio-go names no encoding at all.
    [undefined, null],
  ])('Content-Encoding %j of a streamed body', async (sent, stored) => {
    const headers = {
      'x-amz-decoded-content-length': String(Buffer.byteLength(body)),
      ...(sent === undefined ? {} : { 'content-encoding': sent }),
    };
    const payloadHash = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
    const request = { method: 'PUT', target, headers, payloadHash };
    const signature = signRequest(server, request);
    const framed = chunkedBody({ chunks: [Buffer.from(body)], signature });
    const response = await sendSigned(server, { ...request, body: framed }, signature);
    expect(response.status).toBe(200);
    expect((await server.objects.get(key))?.contentEncoding).toBe(stored);
    expect((await storedBytes(server, key))?.toString()).toBe(body);
  });

  test('algorithm names in lower case (minio-py)', async () => {
    const sum = createHash('sha256').update(body).digest('base64');
    const headers = { 'x-amz-sdk-checksum-algorithm': 'sha256', 'x-amz-checksum-sha256': sum };
    expect((await put(headers)).headers['x-amz-checksum-sha256']).toBe(sum);
  });
});

describe('errors', () => {
  const wrong = { method: 'GET', target, secret: 'wrong' };

  test('name the request in header and document, and nothing that was signed', async () => {
    const response = await send(server, wrong);
    const id = String(response.headers['x-amz-request-id']);
    expect(response.status).toBe(403);
    const [names] = [[...response.text.matchAll(/<(\w+)>/g)].map(([, name]) => name)];
    expect(names).toEqual(['Error', 'Code', 'Message', 'Resource', 'RequestId', 'HostId']);
    expect(response.text).toContain(`<RequestId>${id}</RequestId>`);
    expect(response.text).toContain(`<Resource>${target}</Resource>`);
  });

  test.each([
    [wrong, 403],
    [{ method: 'GET', target: `${target}.missing` }, 404],
  ])('of a HEAD have no body', async (request, status) => {
    const response = await send(server, { ...request, method: 'HEAD' });
    expect(response.status).toBe(status);
    expect(response.text).toBe('');
    expect(response.headers['x-amz-request-id']).toMatch(/^[0-9A-F]{16}$/);
    expect(response.headers['content-length']).toBeUndefined();
    expect(response.headers['content-type']).toBeUndefined();
  });

  test('10,000 parts may be listed, and no more', async () => {
    const created = await send(server, { method: 'POST', target: `${target}?uploads` });
    const uploadId = /<UploadId>(.*)<\/UploadId>/.exec(created.text)?.[1] ?? '';
    const parts = Array.from(
      { length: 10_001 },
      (_, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${digest}</ETag></Part>`,
    );
    const complete = (listed: readonly string[]) =>
      send(server, {
        method: 'POST',
        target: `${target}?uploadId=${uploadId}`,
        body: `<CompleteMultipartUpload>${listed.join('')}</CompleteMultipartUpload>`,
      });
    expect((await complete(parts.slice(0, 10_000))).code).toBe('InvalidPart');
    expect((await complete(parts)).code).toBe('MalformedXML');
    expect((await complete([])).code).toBe('MalformedXML');
  });
});

test('DeleteObjects with an equals sign behind its name and a slash behind the bucket', async () => {
  await send(server, { method: 'PUT', target, body });
  const document = `<Delete><Object><Key>${key}</Key></Object></Delete>`;
  const path = `/${bucket}/?delete=`;
  const response = await send(server, { method: 'POST', target: path, body: document });
  expect(response.text).toContain(`<Deleted><Key>${key}</Key></Deleted>`);
  expect(await server.objects.get(key)).toBeNull();
});
