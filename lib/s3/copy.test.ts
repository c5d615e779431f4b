import { createHash, randomBytes } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  type CopyObjectCommandInput,
  CreateMultipartUploadCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sdkClient } from './testing/clients.ts';
import { send } from './testing/raw-client.ts';
import { storedBytes } from './testing/stored-bytes.ts';
import {
  bucket,
  owner,
  startTestServer,
  stranger,
  type TestServer,
} from './testing/test-server.ts';

const Bucket = bucket;
const mebibyte = 1024 * 1024;
const keyOf = (name: string) => `${owner.prefix}${name}`;
const Key = keyOf('copy.csv');
const sourceKey = keyOf('source é+%.csv');
const CopySource = encodeURIComponent(`${bucket}/${sourceKey}`);
const bytes = randomBytes(100_000);
const Metadata = { note: 'from the source' };
const past = new Date('2020-01-01');
const future = new Date(Date.now() + 3_600_000);

let server: TestServer;
let s3: S3Client;
let ETag: string;

beforeAll(async () => {
  server = await startTestServer({ maxObjectBytes: 64 * mebibyte });
  s3 = sdkClient(server);
});

beforeEach(async () => {
  await server.objects.remove(Key);
  const put = { Bucket, Key: sourceKey, Body: bytes, ContentType: 'text/csv', Metadata };
  ETag = (await s3.send(new PutObjectCommand(put))).ETag ?? '';
});

afterEach(() => {
  expect(server.faults).toEqual([]);
});

afterAll(() => server[Symbol.asyncDispose]());

const copy = (change: Partial<CopyObjectCommandInput> = {}) =>
  s3.send(new CopyObjectCommand({ Bucket, Key, CopySource, ...change }));

describe('CopyObject', () => {
  test('takes bytes, checksum and description of the source', async () => {
    const { CopyObjectResult } = await copy();
    expect(CopyObjectResult?.ETag).toBe(ETag);
    expect(CopyObjectResult?.LastModified).toBeInstanceOf(Date);
    expect((await storedBytes(server, Key))?.equals(bytes)).toBe(true);
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({ ETag, ContentType: 'text/csv', Metadata });
    expect(head.ChecksumCRC32).toBe(CopyObjectResult?.ChecksumCRC32);
    expect(head.ChecksumCRC32).toBeTruthy();
  });

  test('takes another description and another checksum when told to', async () => {
    const { CopyObjectResult } = await copy({
      MetadataDirective: 'REPLACE',
      Metadata: { note: 'new' },
      ContentType: 'text/plain',
      ChecksumAlgorithm: 'SHA256',
    });
    const digest = createHash('sha256').update(bytes).digest('base64');
    expect(CopyObjectResult?.ChecksumSHA256).toBe(digest);
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).toMatchObject({ ContentType: 'text/plain', Metadata: { note: 'new' } });
  });

  test('outlives its source', async () => {
    await copy();
    const source = await server.objects.get(sourceKey);
    await server.objects.remove(sourceKey);
    await server.blobs.remove(source?.parts.map(({ name }) => name) ?? []);
    expect((await storedBytes(server, Key))?.equals(bytes)).toBe(true);
  });

  test('onto itself changes the description and nothing else', async () => {
    const published = server.objects.published.length;
    const onto = { Key: sourceKey };
    await expect(copy(onto)).rejects.toMatchObject({ name: 'InvalidRequest' });
    const replaced = await copy({ ...onto, MetadataDirective: 'REPLACE', Metadata: { a: 'b' } });
    expect(replaced.CopyObjectResult?.ETag).toBe(ETag);
    expect((await server.objects.get(sourceKey))?.metadata).toEqual({ a: 'b' });
    expect(server.objects.published).toHaveLength(published);
  });

  test.each([
    ['if-match', () => ({ CopySourceIfMatch: ETag }), true],
    ['if-match', () => ({ CopySourceIfMatch: '"other"' }), false],
    ['if-none-match', () => ({ CopySourceIfNoneMatch: '"other"' }), true],
    ['if-none-match', () => ({ CopySourceIfNoneMatch: ETag }), false],
    ['if-modified-since', () => ({ CopySourceIfModifiedSince: past }), true],
    ['if-modified-since', () => ({ CopySourceIfModifiedSince: future }), false],
    ['if-unmodified-since', () => ({ CopySourceIfUnmodifiedSince: future }), true],
    ['if-unmodified-since', () => ({ CopySourceIfUnmodifiedSince: past }), false],
    ['if-match on the target', () => ({ IfMatch: '*' }), false],
    ['if-none-match on the target', () => ({ IfNoneMatch: '*' }), true],
  ])('%s', async (_, condition, holds) => {
    const outcome = await copy(condition()).then(
      () => 'copied',
      (error: unknown) => (error instanceof Error ? error.name : error),
    );
    const refusal = _ === 'if-match on the target' ? 'NoSuchKey' : 'PreconditionFailed';
    expect(outcome).toBe(holds ? 'copied' : refusal);
    expect((await server.objects.get(Key)) !== null).toBe(holds);
  });

  test('does not copy over what must not be there', async () => {
    await copy();
    await expect(copy({ IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });
});

describe('sources', () => {
  const copyFrom = async (source: string, headers: Readonly<Record<string, string>> = {}) =>
    send(server, {
      method: 'PUT',
      target: `/${bucket}/${Key}`,
      headers: { 'x-amz-copy-source': source, ...headers },
    });
  const path = `${bucket}/${owner.prefix}`;

  beforeEach(async () => {
    const { accessKeyId, secret } = stranger;
    const target = `/${bucket}/${stranger.prefix}x.csv`;
    await send(server, { method: 'PUT', target, body: 'theirs', accessKeyId, secret });
  });

  test.each([
    [`/${path}source%20%C3%A9%2B%25.csv`],
    [`${path}source%20%C3%A9%2B%25.csv`],
    [`${path}source%20%c3%a9+%25.csv?versionId=null`],
  ])('%s is found', async (source) => {
    expect(await copyFrom(source)).toMatchObject({ status: 200 });
    expect((await storedBytes(server, Key))?.equals(bytes)).toBe(true);
  });

  test.each([
    [`/${bucket}/${stranger.prefix}x.csv`, 'AccessDenied', 403],
    [`/${bucket}/dcp%2F1%2F679%2Fx.csv`, 'AccessDenied', 403],
    [`/${path}../679/x.csv`, 'InvalidURI', 400],
    [`/${path}%2e%2e/679/x.csv`, 'InvalidURI', 400],
    [`//${bucket}/${stranger.prefix}x.csv`, 'InvalidArgument', 400],
    [`/${bucket}//${stranger.prefix}x.csv`, 'AccessDenied', 403],
    [`/other-bucket/${owner.prefix}x.csv`, 'NoSuchBucket', 404],
    [`/${path}absent.csv`, 'NoSuchKey', 404],
    [`/${bucket}/dcp/1/`, 'NoSuchKey', 404],
    [`/${path}source%20%C3%A9%2B%25.csv?versionId=abc`, 'NoSuchVersion', 404],
    [`/${path}%ff`, 'InvalidArgument', 400],
    [bucket, 'InvalidArgument', 400],
    ['', 'InvalidArgument', 400],
  ])('%s is refused', async (source, code, status) => {
    const files = await server.storedFiles();
    expect(await copyFrom(source)).toMatchObject({ code, status });
    expect(await server.objects.get(Key)).toBeNull();
    expect(await server.storedFiles()).toEqual(files);
  });

  test('another directive than the two there are', async () => {
    const headers = { 'x-amz-metadata-directive': 'MERGE' };
    expect(await copyFrom(CopySource, headers)).toMatchObject({ code: 'InvalidArgument' });
  });
});

describe('UploadPartCopy', () => {
  const begin = async (options: object = {}) => {
    const created = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...options }));
    return created.UploadId ?? '';
  };
  const copyPart = (UploadId: string, change: object = {}) =>
    s3.send(
      new UploadPartCopyCommand({ Bucket, Key, UploadId, PartNumber: 1, CopySource, ...change }),
    );

  test('joins ranges of objects and parts that were sent', async () => {
    const large = randomBytes(6 * mebibyte);
    await s3.send(new PutObjectCommand({ Bucket, Key: sourceKey, Body: large }));
    const UploadId = await begin({ ChecksumAlgorithm: 'CRC32' });
    const CopySourceRange = `bytes=10-${5 * mebibyte + 9}`;
    const first = await copyPart(UploadId, { CopySourceRange });
    const second = await s3.send(
      new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 2, Body: large }),
    );
    const third = await copyPart(UploadId, { PartNumber: 3, CopySourceRange: 'bytes=0-0' });
    const copied = large.subarray(10, 5 * mebibyte + 10);
    const digest = createHash('md5').update(copied).digest('hex');
    expect(first.CopyPartResult?.ETag).toBe(`"${digest}"`);
    const Parts = [first.CopyPartResult, second, third.CopyPartResult].map((part, index) => ({
      PartNumber: index + 1,
      ETag: part?.ETag,
      ChecksumCRC32: part?.ChecksumCRC32,
    }));
    await s3.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
    );
    const expected = Buffer.concat([copied, large, large.subarray(0, 1)]);
    expect((await storedBytes(server, Key))?.equals(expected)).toBe(true);
  });

  test('a part that is copied again replaces the one before, and leaves the source alone', async () => {
    const UploadId = await begin();
    await copyPart(UploadId);
    const files = await server.storedFiles();
    await copyPart(UploadId);
    expect(await server.storedFiles()).toHaveLength(files.length);
    expect((await storedBytes(server, sourceKey))?.equals(bytes)).toBe(true);
  });

  test.each([
    ['bytes=0-100000', 'InvalidArgument'],
    ['bytes=5-4', 'InvalidArgument'],
    ['bytes=5-', 'InvalidArgument'],
    ['bytes=-5', 'InvalidArgument'],
    ['0-5', 'InvalidArgument'],
  ])('the range %s is refused', async (CopySourceRange, name) => {
    await expect(copyPart(await begin(), { CopySourceRange })).rejects.toMatchObject({ name });
  });

  test('refuses what the upload, its owner or its conditions do not allow', async () => {
    const UploadId = await begin();
    const refusal = (change: object) => expect(copyPart(UploadId, change)).rejects;
    await refusal({ PartNumber: 0 }).toMatchObject({ name: 'InvalidArgument' });
    await refusal({ PartNumber: 10_001 }).toMatchObject({ name: 'InvalidArgument' });
    await refusal({ UploadId: '00000000-0000-4000-8000-000000000000' }).toMatchObject({
      name: 'NoSuchUpload',
    });
    await refusal({ CopySource: `${bucket}/${stranger.prefix}x.csv` }).toMatchObject({
      name: 'AccessDenied',
    });
    await refusal({ CopySourceIfMatch: '"other"' }).toMatchObject({ name: 'PreconditionFailed' });
  });

  test('together more than an object may have is refused', async () => {
    const half = Buffer.alloc(33 * mebibyte);
    await s3.send(new PutObjectCommand({ Bucket, Key: sourceKey, Body: half }));
    const UploadId = await begin();
    await copyPart(UploadId);
    await expect(copyPart(UploadId, { PartNumber: 2 })).rejects.toMatchObject({
      name: 'EntityTooLarge',
    });
  });
});

test('objects have no tags', async () => {
  const tags = await s3.send(new GetObjectTaggingCommand({ Bucket, Key: sourceKey }));
  expect(tags.TagSet).toEqual([]);
  await expect(
    s3.send(new GetObjectTaggingCommand({ Bucket, Key: keyOf('absent') })),
  ).rejects.toMatchObject({ name: 'NoSuchKey' });
});
