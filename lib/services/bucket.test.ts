import { randomBytes } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { getDb } from '#lib/db/client.ts';
import { send } from '#lib/s3/testing/raw-client.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { startRadosgw } from '#lib/testing/radosgw.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode, waitForEnd } from '#lib/testing/test-node.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import { getBlobStore } from './blob-store.ts';
import { currentAccessKey } from './credentials.ts';
import { objectIndex } from './objects.ts';
import { expireFiles } from './objects/expire-files.ts';
import { sweepStorage } from './objects/sweep.ts';
import { updateTable } from './tables/update-table.ts';
import { listRejects } from './uploads/list-rejects.ts';

const Bucket = 'optimizely-import';
const day = 24 * 3_600_000;
const partBytes = 5 * 1024 * 1024;

let gateway: Awaited<ReturnType<typeof startRadosgw>>;
let ours: TestAccount;

useTestDatabase();
beforeAll(async () => {
  gateway = await startRadosgw();
  if (!gateway) return;
  const { endpoint, bucket, region, prefix, credentials } = gateway.options;
  Object.assign(process.env, {
    IMPORT_S3_ENDPOINT: endpoint,
    IMPORT_S3_BUCKET: bucket,
    IMPORT_S3_REGION: region,
    IMPORT_S3_PREFIX: prefix,
    IMPORT_S3_ACCESS_KEY_ID: credentials.accessKeyId,
    IMPORT_S3_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  });
}, 120_000);
const node = useTestNode();
beforeAll(async () => {
  ours = await createTestAccount();
});
beforeEach((context) => {
  if (!gateway) context.skip('radosgw is not installed');
});
afterAll(() => gateway?.[Symbol.asyncDispose]());

async function makeTable() {
  const table = await createTestTable(ours.editor);
  return { ...table, client: await node.connect(table.id) };
}

async function waitForUploads(tableId: number) {
  const rows = await getDb().upload.findMany({ where: { tableId }, orderBy: { sequence: 'asc' } });
  return Promise.all(rows.map(({ id }) => waitForEnd(ours.viewer, id)));
}

async function blobNames(): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { name } of (await getBlobStore()).list()) names.push(name);
  return names;
}

test('a file goes through the bucket into the table, its rejects too', async () => {
  const { id, key, client } = await makeTable();
  const Body = 'customerId,long\nc1,5\nc2,wrong\n';
  await client.send(new PutObjectCommand({ Bucket, Key: key('a.csv'), Body }));
  const CopySource = `${Bucket}/${key('a.csv')}`;
  await client.send(new CopyObjectCommand({ Bucket, Key: key('b.csv'), CopySource }));
  const [upload, copy] = await waitForUploads(id);
  expect(upload).toMatchObject({ state: 'completed_with_errors', rowsAccepted: 1 });
  expect(copy).toMatchObject({ state: 'completed_with_errors', rowsAccepted: 1 });
  const rejects = await listRejects(ours.viewer, upload?.id ?? 0, { page: 1, perPage: 10 });
  expect(rejects.items).toHaveLength(1);
  expect(
    await (
      await client.send(new GetObjectCommand({ Bucket, Key: key('b.csv') }))
    ).Body?.transformToString(),
  ).toBe(Body);
});

test('a large file in parallel parts comes back as it was sent', async () => {
  const { id, key, client } = await makeTable();
  const row = `c1,${'5'.repeat(15)}\n`;
  const Body = Buffer.from(`customerId,long\n${row.repeat(1_200_000)}`);
  await new Upload({ client, params: { Bucket, Key: key('big.csv'), Body } }).done();
  const got = await client.send(
    new GetObjectCommand({ Bucket, Key: key('big.csv'), Range: 'bytes=6000000-21000000' }),
  );
  const bytes = await got.Body?.transformToByteArray();
  expect(Body.subarray(6_000_000, 21_000_001).equals(bytes ?? Buffer.alloc(0))).toBe(true);
  const [upload] = await waitForUploads(id);
  expect(upload).toMatchObject({ state: 'completed', rowsAccepted: 1_200_000 });
});

describe('an upload in parts is one of the bucket’s own', () => {
  async function begin(name = 'parts.csv') {
    const table = await makeTable();
    const { client } = table;
    const Key = table.key(name);
    const { UploadId = '' } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const upload = { Bucket, Key, UploadId };
    const put = async (PartNumber: number, Body: Buffer, sums: object = {}) => {
      const part = new UploadPartCommand({ ...upload, PartNumber, Body, ...sums });
      return { PartNumber, ETag: (await client.send(part)).ETag };
    };
    const complete = (Parts: { PartNumber: number; ETag: string | undefined }[]) =>
      client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    const get = async (options: object = {}) => {
      const got = await client.send(new GetObjectCommand({ Bucket, Key, ...options }));
      return Buffer.from((await got.Body?.transformToByteArray()) ?? []);
    };
    return { ...table, ...upload, put, complete, get };
  }

  async function assemblyOf(uploadId: string) {
    const { assembly } = await getBlobStore();
    const upload = await objectIndex.multipart.get(uploadId);
    if (!assembly || !upload?.assembly) throw new Error('not in the bucket');
    return { assembly, upload, open: upload.assembly };
  }

  test('and becomes one object, whose parts clients can still ask for', async () => {
    const before = await blobNames();
    const { id, client, Key, put, complete, get } = await begin();
    const [first, second] = [randomBytes(partBytes), randomBytes(partBytes + 5)];
    const source = randomBytes(1000);
    await client.send(new PutObjectCommand({ Bucket, Key: `${Key}.source`, Body: source }));
    await put(1, randomBytes(partBytes));
    await put(3, randomBytes(partBytes));
    const parts = [await put(2, second), await put(1, first)].reverse();
    const { UploadId } = await getDb()
      .multipartUpload.findFirstOrThrow({ where: { tableId: id } })
      .then((row) => ({ UploadId: row.id }));
    const copied = await client.send(
      new UploadPartCopyCommand({
        Bucket,
        Key,
        UploadId,
        PartNumber: 9,
        CopySource: `${Bucket}/${Key}.source`,
        CopySourceRange: 'bytes=10-99',
      }),
    );
    parts.push({ PartNumber: 9, ETag: copied.CopyPartResult?.ETag });
    expect((await complete(parts)).ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
    const whole = Buffer.concat([first, second, source.subarray(10, 100)]);
    expect((await get()).equals(whole)).toBe(true);
    expect((await get({ PartNumber: 2 })).equals(second)).toBe(true);
    const range = { Range: `bytes=${partBytes - 1}-${whole.length - 2}` };
    expect((await get(range)).equals(whole.subarray(partBytes - 1, -1))).toBe(true);
    // The source, and one object for all parts.
    expect(await blobNames()).toHaveLength(before.length + 2);
    expect(await (await getBlobStore()).sweep(new Date(Date.now() + day))).toBe(0);
  });

  test('a part that is not what was declared leaves the one before in place', async () => {
    const { client, Key, UploadId, put, complete, get } = await begin();
    const good = randomBytes(partBytes);
    const part = await put(1, good);
    const wrong = { ChecksumCRC32: 'AAAAAA==' };
    await expect(put(1, randomBytes(partBytes), wrong)).rejects.toMatchObject({
      name: 'BadDigest',
    });
    const listed = await client.send(new ListPartsCommand({ Bucket, Key, UploadId }));
    expect(listed.Parts?.map(({ ETag }) => ETag)).toEqual([part.ETag]);
    await complete([part]);
    expect((await get()).equals(good)).toBe(true);
  });

  test('a part of unknown length is an object of its own until its file goes', async () => {
    const { id, Key, UploadId, put, complete, get } = await begin();
    const { accessKeyId, secretAccessKey: secret } = await currentAccessKey(id);
    const [first, last] = [randomBytes(partBytes), randomBytes(100_000)];
    const sent = await send(
      { port: Number(new URL(node.s3Url()).port) },
      {
        method: 'PUT',
        target: `/${Bucket}/${Key}?partNumber=1&uploadId=${UploadId}`,
        body: first,
        payloadHash: 'UNSIGNED-PAYLOAD',
        headers: { 'transfer-encoding': 'chunked' },
        accessKeyId,
        secret,
      },
    );
    expect(sent.status).toBe(200);
    await complete([{ PartNumber: 1, ETag: sent.headers.etag }, await put(2, last)]);
    expect((await get()).equals(Buffer.concat([first, last]))).toBe(true);
  });

  test('an endpoint killed between the bucket and the database is made up for', async () => {
    const { id, UploadId, put, complete, get } = await begin();
    const bytes = Buffer.from('customerId,long\nc1,5\n');
    const part = await put(1, bytes);
    const { assembly, upload, open } = await assemblyOf(UploadId);
    const parts = await objectIndex.multipart.listParts({ uploadId: UploadId, after: 0, limit: 9 });
    // What a Complete does up to the moment that it was killed.
    const etag = '00';
    await objectIndex.multipart.settle({ uploadId: UploadId, parts, etag });
    await expect(complete([part])).rejects.toMatchObject({ name: 'OperationAborted' });
    await expect(put(1, bytes)).rejects.toMatchObject({ name: 'OperationAborted' });
    await objectIndex.multipart.unsettle({ uploadId: UploadId, etag });
    const listed = parts.map(({ partNumber, blob: { size, receipt = '' } }) => ({
      partNumber,
      size,
      receipt,
    }));
    expect(upload.isCompleting).toBe(false);
    expect((await assembly.complete(open, { listed, others: [] })).kind).toBe('complete');

    const done = await complete([part]);
    expect((await complete([part])).ETag).toBe(done.ETag);
    expect((await get()).equals(bytes)).toBe(true);
    const uploads = await waitForUploads(id);
    expect(uploads.map(({ state }) => state)).toEqual(['completed']);
  });

  test('aborted, or left alone for too long, it leaves the bucket', async () => {
    const before = await blobNames();
    const aborted = await begin();
    await aborted.put(1, randomBytes(100));
    const { Key, UploadId } = aborted;
    await aborted.client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));

    const left = await begin();
    const part = await left.put(1, randomBytes(100));
    const { assembly, open } = await assemblyOf(left.UploadId);
    const blobs = await getBlobStore();
    await sweepStorage(blobs, Date.now() + 2 * day);
    expect((await left.put(1, randomBytes(50))).ETag).not.toBe(part.ETag);
    await sweepStorage(blobs, Date.now() + 60 * day);
    const nothing = { listed: [{ partNumber: 1, size: 1, receipt: '' }], others: [] };
    expect((await assembly.complete(open, nothing)).kind).toBe('gone');
    await expect(left.put(1, randomBytes(50))).rejects.toMatchObject({ name: 'NoSuchUpload' });
    expect((await blobNames()).filter((name) => !before.includes(name))).toEqual([]);
  });

  test('one that the bucket itself has forgotten is gone for its client too', async () => {
    const { UploadId, put } = await begin();
    const { assembly, open } = await assemblyOf(UploadId);
    await assembly.abort(open);
    await expect(put(1, randomBytes(100))).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });
});

test('what is refused leaves nothing', async () => {
  const { key, client } = await makeTable();
  const before = await blobNames();
  const put = (size: number) =>
    client.send(
      new PutObjectCommand({
        Bucket,
        Key: key('a.csv'),
        Body: randomBytes(size),
        ChecksumCRC32: 'AAAAAA==',
      }),
    );
  await expect(put(10)).rejects.toMatchObject({ name: 'BadDigest' });
  await expect(put(12 * 1024 * 1024)).rejects.toMatchObject({ name: 'BadDigest' });
  expect(await blobNames()).toEqual(before);
  expect(await (await getBlobStore()).sweep(new Date(Date.now() + day))).toBe(0);
  const listing = await client.send(new ListObjectsV2Command({ Bucket, Prefix: key('') }));
  expect(listing.KeyCount).toBe(0);
});

test('files whose time is over, and blobs that nothing names, leave the bucket', async () => {
  const { id, key, client } = await makeTable();
  await updateTable(ours.editor, id, { keepFilesDays: 0 });
  await client.send(new PutObjectCommand({ Bucket, Key: key('a.csv'), Body: 'customerId\nc1\n' }));
  await waitForUploads(id);
  const blobs = await getBlobStore();
  const before = await blobNames();
  expect(await expireFiles(blobs)).toBe(1);
  expect(await blobNames()).toHaveLength(before.length - 1);
  const orphan = await blobs.create();
  await orphan.write(Buffer.from('x'));
  const { name } = await orphan.publish();
  await sweepStorage(blobs, Date.now() + 2 * day);
  expect(await blobNames()).not.toContain(name);
});
