import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectsCommand,
  type ListObjectsCommandOutput,
  ListObjectsV2Command,
  ListPartsCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  UploadPartCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { AwsClient } from 'aws4fetch';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sdkClient } from './testing/clients.ts';
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
let server: TestServer;
let s3: S3Client;

beforeAll(async () => {
  server = await startTestServer();
  s3 = sdkClient(server);
});

afterEach(() => {
  expect(server.faults).toEqual([]);
});

afterAll(() => server[Symbol.asyncDispose]());

const keyOf = (name: string) => `${owner.prefix}${name}`;

describe('objects', () => {
  test.each([0, 1, 100_000, 3 * mebibyte])('a buffer of %d bytes and back', async (size) => {
    const Key = keyOf(`buffer-${size}.csv`);
    const Body = randomBytes(size);
    const put = await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'text/csv' }));
    expect(put.ChecksumCRC32).toBeDefined();
    const got = await s3.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Body)).toBe(true);
    expect(got).toMatchObject({ ETag: put.ETag, ContentType: 'text/csv', ContentLength: size });
    expect(got.ChecksumCRC32).toBe(put.ChecksumCRC32);
    expect(got.VersionId).toBeUndefined();
    expect((await storedBytes(server, Key))?.equals(Body)).toBe(true);
  });

  test('a stream, framed in chunks with a trailer, is stored without its framing', async () => {
    const Key = keyOf('stream.csv');
    const bytes = randomBytes(9 * mebibyte + 1);
    const Body = Readable.from([bytes.subarray(0, 5), bytes.subarray(5)]);
    await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength: bytes.length }));
    expect((await storedBytes(server, Key))?.equals(bytes)).toBe(true);
    expect((await server.objects.get(Key))?.contentEncoding).toBeNull();
    expect((await server.objects.get(Key))?.checksum?.algorithm).toBe('CRC32');
  });

  test.each(['CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
    'checksum %s, of buffers in a header and of streams in a trailer',
    async (ChecksumAlgorithm) => {
      const Key = keyOf(`${ChecksumAlgorithm}.csv`);
      const bytes = randomBytes(50_000);
      const ContentLength = bytes.length;
      for (const Body of [bytes, Readable.from([bytes])]) {
        await s3.send(
          new PutObjectCommand({ Bucket, Key, Body, ContentLength, ChecksumAlgorithm }),
        );
        expect((await server.objects.get(Key))?.checksum?.algorithm).toBe(ChecksumAlgorithm);
        const got = await s3.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
        expect(got[`Checksum${ChecksumAlgorithm}`]).toBeDefined();
        expect((await got.Body?.transformToByteArray())?.length).toBe(bytes.length);
      }
    },
  );

  test('checksum MD5, which the SDK writes as Content-MD5', async () => {
    const Key = keyOf('md5.csv');
    const target = { Bucket, Key, ContentLength: 3, ChecksumAlgorithm: 'MD5' } as const;
    await s3.send(new PutObjectCommand({ ...target, Body: 'abc' }));
    await s3.send(new PutObjectCommand({ ...target, Body: Readable.from([Buffer.from('abc')]) }));
    expect((await server.objects.get(Key))?.checksum).toEqual({
      algorithm: 'MD5',
      type: 'FULL_OBJECT',
      value: 'kAFQmDzST7DWlj99KOF/cg==',
    });
  });

  test.each([
    'a b.csv',
    'plus+percent%25&=?#.csv',
    'ünïcode/码/😀.csv',
    "it's (1)!*~.csv",
    'a//b.csv',
  ])('the key %s', async (name) => {
    const Key = keyOf(name);
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: name }));
    expect((await storedBytes(server, Key))?.toString()).toBe(name);
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key }))).ContentLength).toBeGreaterThan(
      0,
    );
    const listed = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }));
    expect(listed.Contents?.map((entry) => entry.Key)).toEqual([Key]);
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(await server.objects.get(Key)).toBeNull();
  });

  test('metadata, type and encoding come back', async () => {
    const Key = keyOf('described.csv');
    const described = { Metadata: { user: 'Zoe', note: 'a  b' }, ContentEncoding: 'gzip' };
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', ...described }));
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).toMatchObject({ ...described, Metadata: { user: 'Zoe', note: 'a  b' } });
  });

  test('more metadata than 2 KiB is refused', async () => {
    const Metadata = { note: 'x'.repeat(2048) };
    const put = new PutObjectCommand({ Bucket, Key: keyOf('m.csv'), Body: 'x', Metadata });
    await expect(s3.send(put)).rejects.toMatchObject({ name: 'MetadataTooLarge' });
  });

  test('an object that is not there', async () => {
    const Key = keyOf('missing.csv');
    await expect(s3.send(new GetObjectCommand({ Bucket, Key }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toMatchObject({
      name: 'NotFound',
    });
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  });

  test('the last of two writers is what readers see', async () => {
    const Key = keyOf('twice.csv');
    const bodies = ['first', 'second'].map((text) => Buffer.alloc(200_000, text));
    await Promise.all(bodies.map((Body) => s3.send(new PutObjectCommand({ Bucket, Key, Body }))));
    const stored = await storedBytes(server, Key);
    expect(bodies.some((body) => stored?.equals(body))).toBe(true);
    expect(server.objects.published.filter((object) => object.key === Key)).toHaveLength(2);
  });
});

describe('ranges and conditions', () => {
  const Key = keyOf('range.csv');
  const put = async () =>
    (await s3.send(new PutObjectCommand({ Bucket, Key, Body: '0123456789' }))).ETag;

  test.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-30', '0123456789', 'bytes 0-9/10'],
    ['bytes=8-100', '89', 'bytes 8-9/10'],
    ['bytes=4-2', '0123456789', undefined],
    ['lines=1-2', '0123456789', undefined],
  ])('%s', async (Range, text, ContentRange) => {
    await put();
    const got = await s3.send(new GetObjectCommand({ Bucket, Key, Range }));
    expect(await got.Body?.transformToString()).toBe(text);
    expect(got.ContentRange).toBe(ContentRange);
  });

  test.each(['bytes=10-', 'bytes=-0', 'bytes=99-100'])('%s is not satisfiable', async (Range) => {
    await put();
    await expect(s3.send(new GetObjectCommand({ Bucket, Key, Range }))).rejects.toMatchObject({
      name: 'InvalidRange',
      $metadata: { httpStatusCode: 416 },
    });
  });

  test('reads under conditions', async () => {
    const ETag = await put();
    const past = new Date('2020-01-01');
    const future = new Date(Date.now() + 60_000);
    const status = async (condition: object) => {
      const command = new GetObjectCommand({ Bucket, Key, ...condition });
      try {
        return (await s3.send(command)).$metadata.httpStatusCode;
      } catch (error) {
        return (error as { $metadata: { httpStatusCode: number } }).$metadata.httpStatusCode;
      }
    };
    expect(await status({ IfMatch: ETag })).toBe(200);
    expect(await status({ IfMatch: '"other"' })).toBe(412);
    expect(await status({ IfNoneMatch: ETag })).toBe(304);
    expect(await status({ IfNoneMatch: '"other"' })).toBe(200);
    expect(await status({ IfModifiedSince: past })).toBe(200);
    expect(await status({ IfModifiedSince: future })).toBe(304);
    expect(await status({ IfUnmodifiedSince: past })).toBe(412);
    expect(await status({ IfUnmodifiedSince: future })).toBe(200);
    expect(await status({ IfMatch: ETag, IfUnmodifiedSince: past })).toBe(200);
  });

  test('writes under conditions', async () => {
    const ETag = await put();
    const write = (condition: object) =>
      s3.send(new PutObjectCommand({ Bucket, Key, Body: 'new', ...condition }));
    const absent = { Key: keyOf('absent.csv') };
    await expect(write({ IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(write({ IfMatch: '"other"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(write({ ...absent, IfMatch: ETag })).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(write({ IfNoneMatch: ETag })).rejects.toMatchObject({ name: 'NotImplemented' });
    expect((await storedBytes(server, Key))?.toString()).toBe('0123456789');
    await write({ IfMatch: ETag });
    await write({ ...absent, IfNoneMatch: '*' });
    expect((await storedBytes(server, Key))?.toString()).toBe('new');
  });
});

describe('multipart', () => {
  test('lib-storage uploads a buffer and a stream in parallel parts', async () => {
    const bytes = randomBytes(23 * mebibyte);
    for (const Body of [bytes, Readable.from([bytes.subarray(0, 7), bytes.subarray(7)])]) {
      const Key = keyOf('parallel.csv');
      const params = { Bucket, Key, Body, ContentType: 'text/csv' };
      const done = await new Upload({ client: s3, params, queueSize: 3 }).done();
      expect(done.ETag).toMatch(/^"[0-9a-f]{32}-5"$/);
      expect(done.Key).toBe(Key);
      expect((await storedBytes(server, Key))?.equals(bytes)).toBe(true);
      const object = await server.objects.get(Key);
      expect(object).toMatchObject({ contentType: 'text/csv', checksum: { type: 'COMPOSITE' } });
      const got = await s3.send(
        new GetObjectCommand({ Bucket, Key, Range: 'bytes=5242870-5242890' }),
      );
      const range = Buffer.from((await got.Body?.transformToByteArray()) ?? []);
      expect(range.equals(bytes.subarray(5_242_870, 5_242_891))).toBe(true);
    }
  });

  test.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)(
    'the %s of the whole object is made from those of its parts',
    async (ChecksumAlgorithm) => {
      const Key = keyOf('combined.csv');
      const bytes = randomBytes(11 * mebibyte);
      const params = { Bucket, Key, Body: bytes, ChecksumAlgorithm, ChecksumType: 'FULL_OBJECT' };
      await new Upload({ client: s3, params: { ...params, ChecksumType: 'FULL_OBJECT' } }).done();
      const whole = await s3.send(
        new PutObjectCommand({ Bucket, Key: keyOf('whole.csv'), Body: bytes, ChecksumAlgorithm }),
      );
      const checksum = (await server.objects.get(Key))?.checksum;
      expect(checksum).toMatchObject({
        type: 'FULL_OBJECT',
        value: whole[`Checksum${ChecksumAlgorithm}`],
      });
    },
  );

  async function begin(name: string) {
    const target = { Bucket, Key: keyOf(name) };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(target));
    return { ...target, UploadId };
  }

  async function send(upload: Awaited<ReturnType<typeof begin>>, PartNumber: number, Body: Buffer) {
    const { ETag } = await s3.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
    return { PartNumber, ETag };
  }

  const complete = (upload: Awaited<ReturnType<typeof begin>>, Parts: object[]) =>
    s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));

  test('parts may start anywhere, come in any order, and be sent again', async () => {
    const before = await server.storedFiles();
    const upload = await begin('gaps.csv');
    const last = await send(upload, 9, Buffer.from('end'));
    await send(upload, 2, Buffer.alloc(5 * mebibyte, 'x'));
    const first = await send(upload, 2, Buffer.alloc(5 * mebibyte, 'y'));
    const unused = await send(upload, 5, Buffer.alloc(10, 'z'));
    const page = await s3.send(new ListPartsCommand({ ...upload, MaxParts: 2 }));
    expect(page.Parts?.map((part) => part.PartNumber)).toEqual([2, 5]);
    expect(page).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '5' });
    const rest = await s3.send(new ListPartsCommand({ ...upload, PartNumberMarker: '5' }));
    expect(rest.Parts?.map((part) => part.ETag)).toEqual([last.ETag]);
    expect(unused.ETag).toBeDefined();
    const done = await complete(upload, [first, last]);
    const stored = await storedBytes(server, upload.Key);
    expect(
      stored?.equals(Buffer.concat([Buffer.alloc(5 * mebibyte, 'y'), Buffer.from('end')])),
    ).toBe(true);
    expect((await server.storedFiles()).length).toBe(before.length + 2);

    const again = await complete(upload, [first, last]);
    expect(again.ETag).toBe(done.ETag);
    expect(server.objects.published.filter(({ key }) => key === upload.Key)).toHaveLength(1);
    await expect(complete(upload, [first])).rejects.toMatchObject({ name: 'NoSuchUpload' });
    await expect(send(upload, 3, Buffer.from('late'))).rejects.toMatchObject({
      name: 'NoSuchUpload',
    });
  });

  test('gives a part of the object by its number', async () => {
    const upload = await begin('by-part.csv');
    const parts = [
      await send(upload, 1, Buffer.alloc(5 * mebibyte)),
      await send(upload, 2, Buffer.from('two')),
    ];
    await complete(upload, parts);
    const { Key } = upload;
    const got = await s3.send(new GetObjectCommand({ Bucket, Key, PartNumber: 2 }));
    expect(got).toMatchObject({ PartsCount: 2, ContentRange: 'bytes 5242880-5242882/5242883' });
    expect(await got.Body?.transformToString()).toBe('two');
  });

  test('completion of wrong lists is refused and can be tried again', async () => {
    const upload = await begin('wrong.csv');
    const one = await send(upload, 1, Buffer.alloc(5 * mebibyte));
    const two = await send(upload, 2, Buffer.from('small'));
    const three = await send(upload, 3, Buffer.from('end'));
    const refused = (Parts: object[], name: string) =>
      expect(complete(upload, Parts)).rejects.toMatchObject({ name });
    await refused([two, one], 'InvalidPartOrder');
    await refused([one, one], 'InvalidPartOrder');
    await refused([one, { ...two, ETag: one.ETag }], 'InvalidPart');
    await refused([one, { ...two, PartNumber: 7 }], 'InvalidPart');
    await refused([one, two, three], 'EntityTooSmall');
    await refused([], 'MalformedXML');
    expect(await server.objects.get(upload.Key)).toBeNull();
    await complete(upload, [one, three]);
    expect((await server.objects.get(upload.Key))?.size).toBe(5 * mebibyte + 3);
  });

  test('completion under a condition that does not hold leaves the upload open', async () => {
    const Key = keyOf('conditional.csv');
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'before' }));
    const upload = await begin('conditional.csv');
    const part = await send(upload, 1, Buffer.from('after'));
    const MultipartUpload = { Parts: [part] };
    const refused = new CompleteMultipartUploadCommand({
      ...upload,
      MultipartUpload,
      IfNoneMatch: '*',
    });
    await expect(s3.send(refused)).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect((await storedBytes(server, Key))?.toString()).toBe('before');
    await complete(upload, [part]);
    expect((await storedBytes(server, Key))?.toString()).toBe('after');
  });

  test('aborting leaves nothing', async () => {
    const before = await server.storedFiles();
    const upload = await begin('aborted.csv');
    const part = await send(upload, 1, Buffer.from('x'));
    const listed = await s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: upload.Key }));
    expect(listed.Uploads?.map((open) => open.UploadId)).toEqual([upload.UploadId]);
    await s3.send(new AbortMultipartUploadCommand(upload));
    expect(await server.storedFiles()).toEqual(before);
    await expect(complete(upload, [part])).rejects.toMatchObject({ name: 'NoSuchUpload' });
    const after = await s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: upload.Key }));
    expect(after.Uploads).toBeUndefined();
  });

  test('open uploads are listed page by page', async () => {
    await using own = await startTestServer();
    const client = sdkClient(own);
    const opened: string[] = [];
    for (const name of ['a.csv', 'a.csv', 'b/c.csv', 'b/d.csv']) {
      const created = new CreateMultipartUploadCommand({ Bucket, Key: keyOf(name) });
      opened.push((await client.send(created)).UploadId ?? '');
    }
    const found: string[] = [];
    let marker: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
    while (marker) {
      const query = { Bucket, Prefix: owner.prefix, MaxUploads: 1, ...marker };
      const page: ListMultipartUploadsCommandOutput = await client.send(
        new ListMultipartUploadsCommand(query),
      );
      found.push(...(page.Uploads ?? []).map((upload) => upload.UploadId ?? ''));
      const { NextKeyMarker: KeyMarker = '', NextUploadIdMarker: UploadIdMarker = '' } = page;
      marker = page.IsTruncated ? { KeyMarker, UploadIdMarker } : undefined;
    }
    expect(found.sort()).toEqual(opened.sort());

    const query = { Bucket, Prefix: owner.prefix, Delimiter: '/', KeyMarker: keyOf('a.csv') };
    const behind = await client.send(new ListMultipartUploadsCommand(query));
    expect(behind.Uploads).toBeUndefined();
    expect(behind.CommonPrefixes?.map((folder) => folder.Prefix)).toEqual([keyOf('b/')]);
  });

  test('an upload belongs to its key and its owner', async () => {
    const upload = await begin('owned.csv');
    await expect(
      s3.send(
        new UploadPartCommand({ ...upload, Key: keyOf('other.csv'), PartNumber: 1, Body: 'x' }),
      ),
    ).rejects.toMatchObject({ name: 'NoSuchUpload' });
    const other = sdkClient(server, { credential: stranger });
    const Key = `${stranger.prefix}owned.csv`;
    await expect(
      other.send(new UploadPartCommand({ ...upload, Key, PartNumber: 1, Body: 'x' })),
    ).rejects.toMatchObject({ name: 'NoSuchUpload' });
    await expect(other.send(new AbortMultipartUploadCommand(upload))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    const listed = await other.send(new ListMultipartUploadsCommand({ Bucket }));
    expect(listed.Uploads).toBeUndefined();
  });

  test('checksum settings that cannot be are refused', async () => {
    const create = (settings: object) =>
      s3.send(new CreateMultipartUploadCommand({ Bucket, Key: keyOf('c.csv'), ...settings }));
    const refusal = { name: 'InvalidRequest' };
    await expect(
      create({ ChecksumAlgorithm: 'SHA256', ChecksumType: 'FULL_OBJECT' }),
    ).rejects.toMatchObject(refusal);
    await expect(
      create({ ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'COMPOSITE' }),
    ).rejects.toMatchObject(refusal);
    await expect(create({ ChecksumAlgorithm: 'XXHASH64' })).rejects.toMatchObject(refusal);
  });
});

describe('listings', () => {
  const names = ['a.csv', 'b/1.csv', 'b/2.csv', 'b-.csv', 'c/d/3.csv', 'é.csv', 'ｱ.csv', '😀.csv'];
  let own: TestServer;
  let client: S3Client;

  beforeAll(async () => {
    own = await startTestServer();
    client = sdkClient(own);
    for (const name of names) {
      await client.send(new PutObjectCommand({ Bucket, Key: keyOf(name), Body: name }));
    }
  });

  afterAll(() => own[Symbol.asyncDispose]());

  const sorted = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

  test.each([1, 2, 3, 1000])(
    'all keys in the order of their bytes, %d a page',
    async (pageSize) => {
      const found: string[] = [];
      const query = { Bucket, Prefix: owner.prefix };
      for await (const page of paginateListObjectsV2({ client, pageSize }, query)) {
        expect(page.KeyCount).toBe(page.Contents?.length);
        found.push(...(page.Contents ?? []).map((entry) => entry.Key ?? ''));
      }
      expect(found).toEqual(sorted.map(keyOf));
    },
  );

  test.each([1, 2, 1000])('folders once each, %d a page, in both versions', async (pageSize) => {
    const expected = ['a.csv', 'b-.csv', 'b/', 'c/', 'é.csv', 'ｱ.csv', '😀.csv'].map(keyOf);
    const query = { Bucket, Prefix: owner.prefix, Delimiter: '/' };
    const found: string[] = [];
    for await (const page of paginateListObjectsV2({ client, pageSize }, query)) {
      const folders = (page.CommonPrefixes ?? []).map((folder) => folder.Prefix ?? '');
      const objects = (page.Contents ?? []).map((entry) => entry.Key ?? '');
      expect(folders.length + objects.length).toBeLessThanOrEqual(pageSize);
      found.push(...folders, ...objects);
    }
    expect(found.sort()).toEqual([...expected].sort());

    const first: string[] = [];
    for (let Marker: string | undefined = ''; Marker !== undefined;) {
      const page: ListObjectsCommandOutput = await client.send(
        new ListObjectsCommand({ ...query, MaxKeys: pageSize, Marker }),
      );
      first.push(...(page.CommonPrefixes ?? []).map((folder) => folder.Prefix ?? ''));
      first.push(...(page.Contents ?? []).map((entry) => entry.Key ?? ''));
      Marker = page.IsTruncated ? page.NextMarker : undefined;
    }
    expect(first.sort()).toEqual([...expected].sort());
  });

  test('the way down to the own folder, and nothing beside it', async () => {
    const folders = async (Prefix: string) => {
      const query = { Bucket, Prefix, Delimiter: '/' };
      const page = await client.send(new ListObjectsV2Command(query));
      expect(page.Contents).toBeUndefined();
      return page.CommonPrefixes?.map((folder) => folder.Prefix);
    };
    expect(await folders('')).toEqual(['dcp/']);
    expect(await folders('dc')).toEqual(['dcp/']);
    expect(await folders('dcp/')).toEqual(['dcp/1/']);
    expect(await folders('dcp/1/')).toEqual(['dcp/1/678/']);
    expect(await folders('dcp/1/678')).toEqual(['dcp/1/678/']);
  });

  test.each([
    { Prefix: '' },
    { Prefix: 'dcp/1/' },
    { Prefix: stranger.prefix, Delimiter: '/' },
    { Prefix: 'dcp/1/67', Delimiter: '-' },
    { Prefix: 'other', Delimiter: '/' },
  ])('%j is not for this key', async (query) => {
    const refusal = { name: 'AccessDenied' };
    const target = { Bucket, ...query };
    await expect(client.send(new ListObjectsV2Command(target))).rejects.toMatchObject(refusal);
    await expect(client.send(new ListObjectsCommand(target))).rejects.toMatchObject(refusal);
  });

  test('starts behind a name, gives owners and encodes keys on request', async () => {
    const query = { Bucket, Prefix: owner.prefix, StartAfter: keyOf('c/d/3.csv') };
    const page = await client.send(
      new ListObjectsV2Command({ ...query, FetchOwner: true, EncodingType: 'url' }),
    );
    expect(page.Contents?.map((entry) => entry.Key)).toEqual(
      ['%C3%A9.csv', '%EF%BD%B1.csv', '%F0%9F%98%80.csv'].map(keyOf),
    );
    expect(page.Contents?.[0]?.Owner?.ID).toBe('opendcp');
  });

  test('many objects go at once, those of others stay', async () => {
    const foreign = `${stranger.prefix}x.csv`;
    await sdkClient(own, { credential: stranger }).send(
      new PutObjectCommand({ Bucket, Key: foreign, Body: 'x' }),
    );
    const Keys = [
      keyOf('a.csv'),
      keyOf('é.csv'),
      keyOf('never.csv'),
      foreign,
      keyOf('../679/x.csv'),
    ];
    const deleted = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: Keys.map((Key) => ({ Key })) } }),
    );
    expect(deleted.Deleted?.map((entry) => entry.Key)).toEqual(Keys.slice(0, 3));
    expect(deleted.Errors?.map((entry) => entry.Code)).toEqual(['AccessDenied', 'InvalidURI']);
    expect(await own.objects.get(foreign)).not.toBeNull();
    expect(await own.objects.get(keyOf('a.csv'))).toBeNull();
  });
});

describe('buckets', () => {
  test('the one bucket is there', async () => {
    const { Buckets } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets?.map((found) => found.Name)).toEqual([bucket]);
    expect((await s3.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe('us-east-1');
    await s3.send(new GetBucketLocationCommand({ Bucket }));
  });

  test('creating it says that it is there; others cannot be had', async () => {
    await expect(s3.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
    });
    await expect(s3.send(new CreateBucketCommand({ Bucket: 'mine' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await expect(
      s3.send(new PutObjectCommand({ Bucket: 'mine', Key: keyOf('x'), Body: 'x' })),
    ).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});

describe('presigned URLs', () => {
  test('of the SDK, for reading and writing', async () => {
    const Key = keyOf('presigned.csv');
    const put = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key }), { expiresIn: 60 });
    // The sum of nothing, because the SDK does not know the body when it signs.
    expect(new URL(put).searchParams.get('x-amz-checksum-crc32')).toBe('AAAAAA==');
    expect((await fetch(put, { method: 'PUT', body: 'customerId\n' })).status).toBe(200);
    const get = await getSignedUrl(
      s3,
      new GetObjectCommand({ Bucket, Key, ResponseContentType: 'a/b' }),
    );
    const got = await fetch(get);
    expect(await got.text()).toBe('customerId\n');
    expect(got.headers.get('content-type')).toBe('a/b');
    expect((await fetch(get, { method: 'DELETE' })).status).toBe(403);
  });

  test('of aws4fetch', async () => {
    const { accessKeyId, secret: secretAccessKey } = owner;
    const client = new AwsClient({ accessKeyId, secretAccessKey, service: 's3' });
    const url = `${server.endpoint}/${bucket}/${keyOf('aws4fetch%20ü.csv')}`;
    expect((await client.fetch(url, { method: 'PUT', body: 'x,y' })).status).toBe(200);
    expect(await (await client.fetch(url)).text()).toBe('x,y');
    const signed = await client.sign(url, { aws: { signQuery: true } });
    expect(await (await fetch(signed)).text()).toBe('x,y');
  });
});

test('a stream that is left in the middle costs nobody else anything', async () => {
  const Key = keyOf('left.csv');
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: randomBytes(8 * mebibyte) }));
  const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
  (got.Body as Readable).destroy();
  const again = await s3.send(new GetObjectCommand({ Bucket, Key }));
  expect((await buffer(again.Body as Readable)).length).toBe(8 * mebibyte);
});
