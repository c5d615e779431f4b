import { randomBytes } from 'node:crypto';
import {
  CopyObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { getDb } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { startRadosgw } from '#lib/testing/radosgw.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode, waitForEnd } from '#lib/testing/test-node.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import { getBlobStore } from './blob-store.ts';
import { expireFiles } from './objects/expire-files.ts';
import { sweepStorage } from './objects/sweep.ts';
import { updateTable } from './tables/update-table.ts';
import { listRejects } from './uploads/list-rejects.ts';

const Bucket = 'optimizely-import';
const day = 24 * 3_600_000;

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
