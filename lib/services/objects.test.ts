import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { readManifest } from '#lib/blob/read-manifest.ts';
import { withChanges } from '#lib/blob/testing/with-changes.ts';
import { getDb } from '#lib/db/client.ts';
import { send } from '#lib/s3/testing/raw-client.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode } from '#lib/testing/test-node.ts';
import { createTestTable, type TestTable } from '#lib/testing/test-table.ts';
import { getBlobStore } from './blob-store.ts';
import { createCredentialSource } from './credentials/credential-source.ts';
import { currentAccessKey, listCredentials, rotateCredential } from './credentials.ts';
import { objectIndex } from './objects.ts';
import { expireFiles } from './objects/expire-files.ts';
import { removeObject } from './objects/remove-object.ts';
import { parseParts } from './objects/stored-object.ts';
import { sweepStorage } from './objects/sweep.ts';
import { updateTable } from './tables/update-table.ts';
import { retryUpload } from './uploads/queue-again.ts';

useTestDatabase();
const node = useTestNode({ hasWorker: false });

const Bucket = 'optimizely-import';
const csv = 'customerId,long\nc1,5\n';
const partBytes = 5 * 1024 * 1024;

let ours: TestAccount;

beforeAll(async () => {
  ours = await createTestAccount();
});

async function makeTable(): Promise<TestTable & { client: S3Client }> {
  const table = await createTestTable(ours.editor);
  return { ...table, client: await node.connect(table.id) };
}

function uploadsOf(tableId: number) {
  return getDb().upload.findMany({
    where: { tableId },
    include: { object: true },
    orderBy: { sequence: 'asc' },
  });
}

async function listKeys(client: S3Client, prefix: string, options: object = {}) {
  const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix: prefix, ...options }));
  return {
    keys: page.Contents?.map(({ Key }) => Key) ?? [],
    folders: page.CommonPrefixes?.map(({ Prefix }) => Prefix) ?? [],
    token: page.NextContinuationToken,
  };
}

describe('a PUT', () => {
  test('becomes an object and the next upload of its table', async () => {
    const { id, key, client } = await makeTable();
    const [credential] = await listCredentials(ours.viewer, id);
    const { ETag } = await client.send(
      new PutObjectCommand({
        Bucket,
        Key: key('march/customers.csv'),
        Body: csv,
        ContentType: 'text/csv',
        Metadata: { source: 'crm', 'opendcp-user': ours.administrator.userId },
      }),
    );
    const uploads = await uploadsOf(id);
    expect(uploads).toHaveLength(1);
    expect(uploads[0]).toMatchObject({
      sequence: 1,
      key: key('march/customers.csv'),
      fileName: 'customers.csv',
      source: 's3',
      // A client may claim to be anybody: only the dashboard's own key names people.
      uploadedBy: credential?.accessKeyId,
      userId: null,
      sizeBytes: BigInt(csv.length),
      state: 'queued',
    });
    const got = await client.send(
      new GetObjectCommand({ Bucket, Key: key('march/customers.csv') }),
    );
    expect(await got.Body?.transformToString()).toBe(csv);
    expect(got).toMatchObject({ ETag, ContentType: 'text/csv' });
    expect(got.Metadata).toMatchObject({ source: 'crm' });
  });

  test('does not touch when the table was changed', async () => {
    const { id, key, table, client } = await makeTable();
    const before = await getDb().table.findUniqueOrThrow({ where: { id } });
    await client.send(new PutObjectCommand({ Bucket, Key: key('a.csv'), Body: csv }));
    const after = await getDb().table.findUniqueOrThrow({ where: { id } });
    expect(after.updatedAt).toEqual(before.updatedAt);
    expect(table.id).toBe(id);
  });

  test('of the same key replaces what clients see; the version before keeps its bytes', async () => {
    const { id, key, client } = await makeTable();
    for (const body of ['customerId\nfirst\n', 'customerId\nsecond\n']) {
      await client.send(new PutObjectCommand({ Bucket, Key: key('a.csv'), Body: body }));
    }
    const got = await client.send(new GetObjectCommand({ Bucket, Key: key('a.csv') }));
    expect(await got.Body?.transformToString()).toBe('customerId\nsecond\n');
    const [first] = await uploadsOf(id);
    const parts = parseParts(first?.object?.parts);
    const bytes = await buffer(readManifest({ blobs: await getBlobStore(), parts }));
    expect(bytes.toString()).toBe('customerId\nfirst\n');
  });

  test('ten at once to one key make ten uploads in an order whose last is what clients see', async () => {
    const { id, key, client } = await makeTable();
    const bodies = Array.from({ length: 10 }, (_, index) => `customerId\nc${index}\n`);
    await Promise.all(
      bodies.map((Body) => client.send(new PutObjectCommand({ Bucket, Key: key('a.csv'), Body }))),
    );
    const uploads = await uploadsOf(id);
    expect(uploads.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(new Set(uploads.map(({ etag }) => etag)).size).toBe(10);
    const current = await objectIndex.get(key('a.csv'));
    expect(current?.etag).toBe(uploads.at(-1)?.etag);
    expect((await listKeys(client, key(''))).keys).toEqual([key('a.csv')]);
  });

  test.each(['folder/', '.DS_Store', 'sub/._customers.csv'])(
    'of %s is stored and not read in',
    async (name) => {
      const { id, key, client } = await makeTable();
      await client.send(new PutObjectCommand({ Bucket, Key: key(name), Body: Buffer.alloc(0) }));
      expect((await listKeys(client, key(''))).keys).toEqual([key(name)]);
      expect(await uploadsOf(id)).toEqual([]);
    },
  );

  test('into an archived table is stored and not read in', async () => {
    const { id, key, client } = await makeTable();
    await updateTable(ours.editor, id, { archived: true });
    await client.send(new PutObjectCommand({ Bucket, Key: key('a.csv'), Body: csv }));
    expect((await listKeys(client, key(''))).keys).toEqual([key('a.csv')]);
    expect(await uploadsOf(id)).toEqual([]);
  });

  test('under a condition', async () => {
    const { id, key, client } = await makeTable();
    const put = (options: object) =>
      client.send(new PutObjectCommand({ Bucket, Key: key('a.csv'), Body: csv, ...options }));
    await expect(put({ IfMatch: '"00"' })).rejects.toMatchObject({ name: 'NoSuchKey' });
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => put({ IfNoneMatch: '*' })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(put({ IfMatch: '"00"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    const current = await objectIndex.get(key('a.csv'));
    await put({ IfMatch: `"${current?.etag ?? ''}"` });
    await put({ IfMatch: '*' });
    expect(await uploadsOf(id)).toHaveLength(3);
  });

  test('with a key that was ended is refused at once', async () => {
    const { id, key, client } = await makeTable();
    await client.send(new PutObjectCommand({ Bucket, Key: key('a.csv'), Body: csv }));
    await rotateCredential(ours.editor, id, { overlapHours: 0 });
    await expect(
      client.send(new PutObjectCommand({ Bucket, Key: key('b.csv'), Body: csv })),
    ).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
    expect(await uploadsOf(id)).toHaveLength(1);
  });
});

test('a deleted object is gone for clients, and its upload goes on', async () => {
  const { id, key, client } = await makeTable();
  await client.send(new PutObjectCommand({ Bucket, Key: key('a.csv'), Body: csv }));
  await client.send(new DeleteObjectCommand({ Bucket, Key: key('a.csv') }));
  await client.send(new DeleteObjectCommand({ Bucket, Key: key('a.csv') }));
  await expect(
    client.send(new GetObjectCommand({ Bucket, Key: key('a.csv') })),
  ).rejects.toMatchObject({ name: 'NoSuchKey' });
  expect((await listKeys(client, key(''))).keys).toEqual([]);
  const [upload] = await uploadsOf(id);
  expect(upload).toMatchObject({ state: 'queued' });
  expect(upload?.object).not.toBeNull();
});

test('a PUT that is sent again because its answer was lost is one upload', async () => {
  const { id, key } = await makeTable();
  const { accessKeyId, secretAccessKey: secret } = await currentAccessKey(id);
  const port = Number(new URL(node.s3Url()).port);
  const put = async (request: string, body = csv) => {
    const headers = { 'amz-sdk-invocation-id': request };
    const target = `/${Bucket}/${key('a.csv')}`;
    const sent = await send(
      { port },
      { method: 'PUT', target, body, headers, accessKeyId, secret },
    );
    expect(sent.status).toBe(200);
  };
  const requests = [randomUUID(), randomUUID()] as const;
  await put(requests[0]);
  const blobs = await getBlobStore();
  const before = await Array.fromAsync(blobs.list());
  await put(requests[0]);
  expect(await Array.fromAsync(blobs.list())).toHaveLength(before.length);
  expect(await uploadsOf(id)).toHaveLength(1);
  await put(requests[1]);
  expect(await uploadsOf(id)).toHaveLength(2);
  await put(requests[1], `${csv}c2,6\n`);
  expect(await uploadsOf(id)).toHaveLength(3);
});

describe('a copy', () => {
  test('is a file of its own, loaded like one that was sent', async () => {
    const { id, key, client } = await makeTable();
    await client.send(new PutObjectCommand({ Bucket, Key: key('a.csv'), Body: csv }));
    const CopySource = `${Bucket}/${key('a.csv')}`;
    await client.send(new CopyObjectCommand({ Bucket, Key: key('b.csv'), CopySource }));
    const uploads = await uploadsOf(id);
    expect(uploads.map(({ fileName }) => fileName)).toEqual(['a.csv', 'b.csv']);
    const [first, second] = uploads.map(({ object }) => parseParts(object?.parts)[0]?.name);
    expect(first).not.toBe(second);
  });

  test('onto itself changes what is said about a file and does not load it again', async () => {
    const { id, key, client } = await makeTable();
    const Key = key('a.csv');
    await client.send(new PutObjectCommand({ Bucket, Key, Body: csv }));
    const before = await objectIndex.get(Key);
    const copy = { Bucket, Key, CopySource: `${Bucket}/${Key}`, Metadata: { mtime: '1' } };
    const MetadataDirective = 'REPLACE';
    await client.send(new CopyObjectCommand({ ...copy, MetadataDirective }));
    const after = await objectIndex.get(Key);
    const changed = { contentType: null, metadata: { mtime: '1' }, modifiedAt: after?.modifiedAt };
    expect(after).toEqual({ ...before, ...changed });
    expect(await uploadsOf(id)).toHaveLength(1);
    const other = {
      key: Key,
      etag: 'other',
      description: { contentType: null, contentEncoding: null, metadata: {} },
    };
    expect(await objectIndex.describe(other)).toBeNull();
  });
});

describe('a table’s key', () => {
  test('opens nothing of another table', async () => {
    const mine = await makeTable();
    const other = await makeTable();
    await other.client.send(new PutObjectCommand({ Bucket, Key: other.key('a.csv'), Body: csv }));
    const denied = { name: 'AccessDenied' };
    const { client } = mine;
    const Key = other.key('a.csv');
    await expect(client.send(new GetObjectCommand({ Bucket, Key }))).rejects.toMatchObject(denied);
    await expect(
      client.send(new PutObjectCommand({ Bucket, Key, Body: csv })),
    ).rejects.toMatchObject(denied);
    await expect(client.send(new DeleteObjectCommand({ Bucket, Key }))).rejects.toMatchObject(
      denied,
    );
    await expect(listKeys(client, other.key(''))).rejects.toMatchObject(denied);
    await expect(listKeys(client, '')).rejects.toMatchObject(denied);
    const { UploadId } = await other.client.send(
      new CreateMultipartUploadCommand({ Bucket, Key: other.key('big.csv') }),
    );
    await expect(
      client.send(
        new UploadPartCommand({
          Bucket,
          Key: mine.key('big.csv'),
          UploadId,
          PartNumber: 1,
          Body: csv,
        }),
      ),
    ).rejects.toMatchObject({ name: 'NoSuchUpload' });
    expect(await uploadsOf(mine.id)).toEqual([]);
    expect(await uploadsOf(other.id)).toHaveLength(1);
  });
});

describe('a multipart upload', () => {
  async function begin(table: TestTable & { client: S3Client }, name: string) {
    const Key = table.key(name);
    const { UploadId } = await table.client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const put = async (PartNumber: number, Body: Buffer) => {
      const { ETag } = await table.client.send(
        new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }),
      );
      return { PartNumber, ETag };
    };
    const complete = (Parts: readonly { PartNumber: number; ETag: string | undefined }[]) =>
      table.client.send(
        new CompleteMultipartUploadCommand({
          Bucket,
          Key,
          UploadId,
          MultipartUpload: { Parts: [...Parts] },
        }),
      );
    return { Key, UploadId, put, complete };
  }

  test('is one object and one upload, however often it is completed', async () => {
    const table = await makeTable();
    const { put, complete, Key } = await begin(table, 'big.csv');
    const first = Buffer.alloc(partBytes, 'a');
    await put(1, Buffer.alloc(partBytes, 'x'));
    // Sent again, as after a lost answer: the last one counts.
    const parts = [await put(1, first), await put(2, Buffer.from('end\n'))];
    expect(await uploadsOf(table.id)).toEqual([]);
    const done = await complete(parts);
    expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    expect((await complete(parts)).ETag).toBe(done.ETag);
    const uploads = await uploadsOf(table.id);
    expect(uploads.map(({ sizeBytes }) => sizeBytes)).toEqual([BigInt(partBytes + 4)]);
    const got = await table.client.send(
      new GetObjectCommand({ Bucket, Key, Range: `bytes=${partBytes - 2}-` }),
    );
    expect(await got.Body?.transformToString()).toBe('aaend\n');
  });

  test('completed twice at the same time is one upload', async () => {
    const table = await makeTable();
    const { put, complete } = await begin(table, 'big.csv');
    const parts = [await put(1, Buffer.from(csv))];
    await Promise.all([complete(parts), complete(parts), complete(parts)]);
    expect(await uploadsOf(table.id)).toHaveLength(1);
  });

  test('that is aborted leaves nothing', async () => {
    const table = await makeTable();
    const { put, complete, Key, UploadId } = await begin(table, 'big.csv');
    const parts = [await put(1, Buffer.from(csv))];
    await table.client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    await expect(complete(parts)).rejects.toMatchObject({ name: 'NoSuchUpload' });
    await expect(put(2, Buffer.from(csv))).rejects.toMatchObject({ name: 'NoSuchUpload' });
    expect(await uploadsOf(table.id)).toEqual([]);
    expect(await getDb().multipartPart.count({ where: { upload: { tableId: table.id } } })).toBe(0);
  });
});

describe('a listing', () => {
  test('goes by the bytes of the keys', async () => {
    const { key, client } = await makeTable();
    const names = [
      'Z.csv',
      'a-b.csv',
      'a.csv',
      'a/b.csv',
      'a0.csv',
      'é.csv',
      '客.csv',
      '👩.csv',
      '_.csv',
    ];
    for (const name of names) {
      await client.send(new PutObjectCommand({ Bucket, Key: key(name), Body: csv }));
    }
    const expected = names
      .map((name) => key(name))
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect((await listKeys(client, key(''))).keys).toEqual(expected);
    const found: (string | undefined)[] = [];
    let token: string | undefined;
    do {
      const page = await listKeys(client, key(''), { MaxKeys: 2, ContinuationToken: token });
      found.push(...page.keys);
      token = page.token;
    } while (token !== undefined);
    expect(found).toEqual(expected);
    const grouped = await listKeys(client, key(''), { Delimiter: '/' });
    expect(grouped.folders).toEqual([key('a/')]);
    expect(grouped.keys).toHaveLength(names.length - 1);
  });

  test('of 100,000 keys reads few of them', async () => {
    const { id, key, client } = await makeTable();
    await getDb().$executeRaw`
      INSERT INTO "StoredObject"
        ("id", "tableId", "key", "currentKey", "sizeBytes", "etag", "parts", "createdAt")
      SELECT gen_random_uuid(), ${id}, name, name, 1, 'd41d8cd98f00b204e9800998ecf8427e', '[]', now()
      FROM generate_series(1, 100000) AS number,
        LATERAL (SELECT ${key('')} || 'f' || number % 500 || '/' || number || '.csv' AS name) AS named`;
    await getDb().$executeRaw`ANALYZE "StoredObject"`;
    const list = vi.spyOn(objectIndex, 'list');
    const countRead = async (prefix: string, options: object) => {
      list.mockClear();
      const page = await listKeys(client, prefix, options);
      const rowsRead = list.mock.settledResults.reduce(
        (total, result) => total + (result.type === 'fulfilled' ? result.value.length : 0),
        0,
      );
      return { ...page, rowsRead };
    };
    const flat = await countRead(key(''), {});
    expect(flat.keys).toHaveLength(1000);
    expect(flat.rowsRead).toBeLessThan(1_100);
    const folders = await countRead(key(''), { Delimiter: '/' });
    expect(folders.folders).toHaveLength(500);
    expect(folders.rowsRead).toBeLessThan(5_000);
    const one = await countRead(key('f499/'), {});
    expect(one.keys).toHaveLength(200);
    expect(one.rowsRead).toBe(200);
    list.mockRestore();
  });
});

test('folder markers and hidden files are stored and never loaded', async () => {
  const { id, key, client } = await makeTable();
  const names = [
    '',
    'exports/',
    '.DS_Store',
    '._customers.csv',
    '.git/config.csv',
    'exports/.x/a.csv',
  ];
  for (const name of names) {
    await client.send(new PutObjectCommand({ Bucket, Key: key(name), Body: name }));
  }
  expect((await listKeys(client, key(''))).keys).toHaveLength(names.length);
  expect(await uploadsOf(id)).toEqual([]);
});

describe('files whose time is over', () => {
  const day = 24 * 3_600_000;

  async function loadFile(keepFilesDays: number | null, state = 'completed') {
    const table = await makeTable();
    await updateTable(ours.editor, table.id, { keepFilesDays });
    const Key = table.key('a.csv');
    await table.client.send(new PutObjectCommand({ Bucket, Key, Body: csv }));
    const [upload] = await uploadsOf(table.id);
    const finishedAt = new Date();
    const data = { state, finishedAt };
    await getDb().upload.update({ where: { id: upload?.id ?? 0 }, data });
    const blobs = await getBlobStore();
    const isThere = async (days: number) => {
      await expireFiles(blobs, finishedAt.getTime() + days * day);
      const object = await objectIndex.get(Key);
      const read = object && buffer(readManifest({ blobs, parts: object.parts }));
      if (read) expect((await read).toString()).toBe(csv);
      return read !== null;
    };
    return { ...table, Key, upload, isThere, parts: parseParts(upload?.object?.parts), blobs };
  }

  test('are deleted with their bytes, so many days after they were loaded', async () => {
    const { isThere, blobs, parts, id } = await loadFile(30);
    expect(await isThere(29.9)).toBe(true);
    expect(await isThere(30)).toBe(false);
    await expect(buffer(readManifest({ blobs, parts }))).rejects.toThrow('missing');
    expect((await uploadsOf(id)).map(({ objectId }) => objectId)).toEqual([null]);
  });

  test('or as soon as they are loaded', async () => {
    expect(await (await loadFile(0)).isThere(0)).toBe(false);
  });

  test('or never', async () => {
    expect(await (await loadFile(null)).isThere(5000)).toBe(true);
  });

  test.each(['queued', 'processing'])('but not while they are %s', async (state) => {
    expect(await (await loadFile(0, state)).isThere(5000)).toBe(true);
  });

  test('a file that failed is kept for a week, and its bytes while a later try needs them', async () => {
    const { isThere, upload, blobs, parts, id } = await loadFile(0, 'failed');
    expect(await isThere(6.9)).toBe(true);
    const retry = await retryUpload(ours.editor, upload?.id ?? 0);
    expect(await isThere(7)).toBe(false);
    expect((await buffer(readManifest({ blobs, parts }))).toString()).toBe(csv);
    const data = { state: 'completed', finishedAt: new Date() };
    await getDb().upload.update({ where: { id: retry.id }, data });
    await expireFiles(blobs);
    await expect(buffer(readManifest({ blobs, parts }))).rejects.toThrow('missing');
    expect((await uploadsOf(id)).map(({ objectId }) => objectId)).toEqual([null, null]);
  });
});

describe('a store that does not do as it should', () => {
  async function loadFile() {
    const table = await makeTable();
    await updateTable(ours.editor, table.id, { keepFilesDays: 0 });
    const Key = table.key('a.csv');
    await table.client.send(new PutObjectCommand({ Bucket, Key, Body: csv }));
    const [upload] = await uploadsOf(table.id);
    const data = { state: 'completed', finishedAt: new Date() };
    await getDb().upload.update({ where: { id: upload?.id ?? 0 }, data });
    const names = parseParts(upload?.object?.parts).map(({ name }) => name);
    return { ...table, Key, objectId: upload?.objectId ?? '', names };
  }

  async function isThere(name: string): Promise<boolean> {
    for await (const blob of (await getBlobStore()).list()) if (blob.name === name) return true;
    return false;
  }

  test('holds no lock while it takes its time', async () => {
    const { client, Key, objectId, names, id } = await loadFile();
    const asked = Promise.withResolvers<readonly string[]>();
    const answer = Promise.withResolvers<undefined>();
    const slow = withChanges(await getBlobStore(), {
      remove: (waiting) => {
        asked.resolve(waiting);
        return answer.promise;
      },
    });
    const removal = removeObject(slow, objectId);
    expect(await asked.promise).toEqual(names);
    expect(await getDb().storedObject.findUnique({ where: { id: objectId } })).toBeNull();
    await client.send(new PutObjectCommand({ Bucket, Key, Body: csv }));
    expect(await uploadsOf(id)).toHaveLength(2);
    answer.resolve(undefined);
    await removal;
  });

  test('leaves bytes to the sweep when it fails, and no row without bytes', async () => {
    const { objectId, names, Key } = await loadFile();
    const away = () => Promise.reject(new Error('The bucket is away.'));
    const failing = withChanges(await getBlobStore(), { remove: away });
    await expect(expireFiles(failing)).rejects.toThrow('The bucket is away.');
    expect(await getDb().storedObject.findUnique({ where: { id: objectId } })).toBeNull();
    expect(await objectIndex.get(Key)).toBeNull();
    const [name = ''] = names;
    expect(await isThere(name)).toBe(true);
    const blobs = await getBlobStore();
    await expireFiles(blobs);
    await sweepStorage(blobs, Date.now() + 2 * 24 * 3_600_000);
    expect(await isThere(name)).toBe(false);
  });

  test('keeps what a transaction that failed wanted gone', async () => {
    const { objectId, names } = await loadFile();
    const blobs = await getBlobStore();
    const record = () => Promise.reject(new Error('The database is away.'));
    await expect(removeObject(blobs, objectId, record)).rejects.toThrow('The database is away.');
    expect(await getDb().storedObject.findUnique({ where: { id: objectId } })).not.toBeNull();
    expect(await isThere(names[0] ?? '')).toBe(true);
  });
});

test('the sweep takes what nothing names, and nothing else', async () => {
  const { id, key, client } = await makeTable();
  const blobs = await getBlobStore();
  const put = (Key: string, Body: string) =>
    client.send(new PutObjectCommand({ Bucket, Key, Body }));
  await put(key('kept.csv'), csv);
  await put(key('replaced.csv'), 'customerId\nold\n');
  await put(key('replaced.csv'), 'customerId\nnew\n');
  const orphan = await blobs.create();
  await orphan.write(Buffer.from('nobody’s'));
  const { name } = await orphan.publish();
  const [, replaced] = await uploadsOf(id);
  const replacedParts = parseParts(replaced?.object?.parts);

  const day = 86_400_000;
  expect(await sweepStorage(blobs)).toBe(0);
  await sweepStorage(blobs, Date.now() + 2 * day);
  const names = async () => {
    const found: string[] = [];
    for await (const blob of blobs.list()) found.push(blob.name);
    return found;
  };
  expect(await names()).not.toContain(name);
  // Still waiting to be read in, however long ago it was replaced.
  await sweepStorage(blobs, Date.now() + 30 * day);
  expect(await names()).toContain(replacedParts[0]?.name);
  await getDb().upload.updateMany({
    where: { tableId: id },
    data: { state: 'completed', finishedAt: new Date() },
  });
  await sweepStorage(blobs, Date.now() + 30 * day);
  expect(await names()).not.toContain(replacedParts[0]?.name);
  const got = await client.send(new GetObjectCommand({ Bucket, Key: key('kept.csv') }));
  expect(await got.Body?.transformToString()).toBe(csv);
  expect((await uploadsOf(id)).map(({ object }) => object !== null)).toEqual([true, false, true]);
});

test('open multipart uploads are listed by key, then id', async () => {
  const { key, client } = await makeTable();
  const ids: string[] = [];
  for (const name of ['b.csv', 'a.csv', 'b.csv']) {
    const { UploadId } = await client.send(
      new CreateMultipartUploadCommand({ Bucket, Key: key(name) }),
    );
    ids.push(UploadId ?? '');
  }
  const [first, second] = [ids[0] ?? '', ids[2] ?? ''].sort();
  const list = async (afterKey: string, afterUploadId: string, limit = 10) => {
    const page = { prefix: key(''), afterKey, afterUploadId, limit };
    return (await objectIndex.multipart.list(page)).map(({ uploadId }) => uploadId);
  };
  expect(await list('', '')).toEqual([ids[1], first, second]);
  expect(await list('', '', 2)).toEqual([ids[1], first]);
  expect(await list(key('b.csv'), first ?? '')).toEqual([second]);
  expect(await list(key('a.csv'), 'ffffffff-ffff-ffff-ffff-ffffffffffff')).toEqual([first, second]);
});

test('an unknown upload id is no upload', async () => {
  const { accessKeyId } = await currentAccessKey((await makeTable()).id);
  const credential = await createCredentialSource().find(accessKeyId);
  if (!credential) throw new Error('There is no key.');
  const part = { partNumber: 1, blob: { name: 'x', size: 1 }, etag: 'x', checksum: null };
  for (const uploadId of ['nonsense', randomUUID()]) {
    expect(await objectIndex.multipart.get(uploadId)).toBeNull();
    expect(await objectIndex.multipart.putPart({ uploadId, credential, part })).toEqual({
      kind: 'no-such-upload',
    });
    expect(await objectIndex.multipart.abort(uploadId)).toBeNull();
  }
});
