import { randomBytes } from 'node:crypto';
import dns from 'node:dns';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  saveWatchedBucketRequest,
  type SaveWatchedBucketRequest,
} from '#lib/contracts/watched-buckets.ts';
import { getDb } from '#lib/db/client.ts';
import { bucket, owner, region, startTestServer } from '#lib/s3/testing/test-server.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { startRadosgw } from '#lib/testing/radosgw.ts';
import { startSwift } from '#lib/testing/swift.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode, waitForEnd } from '#lib/testing/test-node.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import { getBlobStore } from '../blob-store.ts';
import { updateTable } from '../tables/update-table.ts';
import { lookSoon, pauseWatchedBucket, removeWatchedBucket } from './change-watch.ts';
import { getWatchedBucket } from './get-watched-bucket.ts';
import { listDueBuckets, lookIntoBucket } from './look.ts';
import { saveWatchedBucket } from './save-watched-bucket.ts';
import { testWatchedBucket } from './test-watched-bucket.ts';

useTestDatabase();
const node = useTestNode();

/** A bucket of somebody else's. */
interface Remote extends AsyncDisposable {
  readonly request: SaveWatchedBucketRequest;
  readonly put: (name: string, body?: string | Buffer) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
}

let ours: TestAccount;
let remote: Remote;

beforeAll(async () => {
  ours = await createTestAccount();
});

interface Place {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly prefix: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

function toRemote(place: Place, stop: () => PromiseLike<void>): Remote {
  const { endpoint, credentials, prefix } = place;
  const client = new S3Client({
    endpoint,
    region: place.region,
    credentials,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const at = (name: string) => ({ Bucket: place.bucket, Key: prefix + name });
  return {
    request: saveWatchedBucketRequest.parse({ ...place, ...credentials, pollSeconds: 60 }),
    put: async (name, Body = 'customerId,long\nc1,5\n') => {
      await client.send(new PutObjectCommand({ ...at(name), Body }));
    },
    remove: async (name) => {
      await client.send(new DeleteObjectCommand(at(name)));
    },
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await stop();
    },
  };
}

async function startOwn(): Promise<Remote> {
  const server = await startTestServer();
  const { accessKeyId, secret: secretAccessKey, prefix } = owner;
  const credentials = { accessKeyId, secretAccessKey };
  const place = { endpoint: server.endpoint, bucket, region, prefix, credentials };
  return toRemote(place, () => server[Symbol.asyncDispose]());
}

async function look(tableId: number): Promise<unknown> {
  await getDb().watchedBucket.update({ where: { tableId }, data: { nextLookAt: new Date() } });
  return lookIntoBucket(await getBlobStore(), tableId, new AbortController().signal);
}

function uploadsOf(tableId: number) {
  return getDb().upload.findMany({ where: { tableId }, orderBy: { sequence: 'asc' } });
}

const namesOf = async (tableId: number) => (await uploadsOf(tableId)).map(({ key }) => key);

describe('a bucket of somebody else', () => {
  beforeEach(async () => {
    remote = await startOwn();
    return () => remote[Symbol.asyncDispose]();
  });

  async function watch(changes: Partial<SaveWatchedBucketRequest> = {}) {
    const table = await createTestTable(ours.editor);
    await saveWatchedBucket(ours.editor, table.id, { ...remote.request, ...changes });
    return table;
  }

  test('files that are there and files that come are loaded, each once, in their order', async () => {
    await remote.put('daily/b.csv');
    await remote.put('a.csv');
    const { id, key } = await watch();
    expect(await look(id)).toBeNull();
    expect(await look(id)).toBeNull();
    await remote.put('c.csv');
    expect(await look(id)).toBeNull();
    expect(await namesOf(id)).toEqual([key('daily/b.csv'), key('a.csv'), key('c.csv')]);
    for (const upload of await uploadsOf(id)) {
      expect(await waitForEnd(ours.viewer, upload.id)).toMatchObject({
        state: 'completed',
        rowsAccepted: 1,
        source: 'bucket',
        uploadedBy: `s3://${bucket}/${owner.prefix}`,
      });
    }
    expect(await getWatchedBucket(ours.viewer, id)).toMatchObject({
      filesLoaded: 3,
      lastError: null,
      problems: [],
    });
  });

  test('a file that is written again is loaded again, one that goes is nothing', async () => {
    await remote.put('a.csv');
    const { id, key } = await watch();
    await look(id);
    await remote.put('a.csv', 'customerId,long\nc2,6\n');
    await look(id);
    await remote.remove('a.csv');
    await look(id);
    expect(await namesOf(id)).toEqual([key('a.csv'), key('a.csv')]);
  });

  test('the copy is whole, and clients see it below the table’s path', async () => {
    const bytes = randomBytes(3_000_000);
    await remote.put('a.bin', bytes);
    const { id, key } = await watch();
    await look(id);
    const client = await node.connect(id);
    const get = new GetObjectCommand({ Bucket: 'optimizely-import', Key: key('a.bin') });
    const { Body } = await client.send(get);
    expect(bytes.equals((await Body?.transformToByteArray()) ?? Buffer.alloc(0))).toBe(true);
  });

  test('folder markers and hidden files are no files', async () => {
    for (const name of ['exports/', '.DS_Store', 'exports/._a.csv']) await remote.put(name);
    const { id } = await watch();
    await look(id);
    expect(await uploadsOf(id)).toEqual([]);
  });

  test('files that were there before the watch are left alone when told so', async () => {
    await remote.put('old.csv');
    const written = Date.now();
    await expect.poll(() => Math.floor(Date.now() / 1000)).toBeGreaterThan(written / 1000);
    const { id, key } = await watch({ loadExisting: false });
    await look(id);
    await remote.put('new.csv');
    await look(id);
    expect(await namesOf(id)).toEqual([key('new.csv')]);
  });

  test('two workers that look at once take every file once', async () => {
    for (const name of ['a.csv', 'b.csv', 'c.csv']) await remote.put(name);
    const { id } = await watch();
    await Promise.all([look(id), look(id), look(id)]);
    const names = await namesOf(id);
    expect(names).toHaveLength(3);
    expect(new Set(names)).toHaveLength(3);
  });

  test('a fault is shown until a look goes well, and nothing of it is the server’s own words', async () => {
    const { id } = await watch({ secretAccessKey: 'wrong' });
    expect(await look(id)).toMatchObject({ name: 'SignatureDoesNotMatch' });
    expect(await getWatchedBucket(ours.viewer, id)).toMatchObject({
      lastError: 'The secret access key is not the one of the access key ID.',
    });
    await saveWatchedBucket(ours.editor, id, remote.request);
    await look(id);
    const watched = await getWatchedBucket(ours.viewer, id);
    expect(watched?.lastError).toBeNull();
    expect(watched?.lastLookAt).not.toBeNull();
    expect(Date.parse(watched?.nextLookAt ?? '')).toBeGreaterThan(Date.now());
  });

  test('a secret that another MASTER_KEY encrypted has to be entered again', async () => {
    const { id } = await watch();
    const data = { secretEncrypted: 'v1.AAAA' };
    await getDb().watchedBucket.update({ where: { tableId: id }, data });
    await look(id);
    expect((await getWatchedBucket(ours.viewer, id))?.lastError).toMatch(/^The stored secret/);
    const kept = { ...remote.request, secretAccessKey: null };
    await expect(saveWatchedBucket(ours.editor, id, kept)).rejects.toHaveProperty(
      'fields.secretAccessKey',
    );
  });

  test('paused, archived or removed, it is not looked at', async () => {
    await remote.put('a.csv');
    const { id } = await watch();
    expect(await listDueBuckets()).toContain(id);
    await pauseWatchedBucket(ours.editor, id, true);
    expect(await listDueBuckets()).not.toContain(id);
    await expect(lookSoon(ours.editor, id)).rejects.toMatchObject({ code: 'conflict' });
    await look(id);
    expect(await uploadsOf(id)).toEqual([]);
    await pauseWatchedBucket(ours.editor, id, false);
    await updateTable(ours.editor, id, { archived: true });
    expect(await listDueBuckets()).not.toContain(id);
    await updateTable(ours.editor, id, { archived: false });
    await lookSoon(ours.editor, id);
    expect(await listDueBuckets()).toContain(id);
    await removeWatchedBucket(ours.editor, id);
    expect(await getWatchedBucket(ours.viewer, id)).toBeNull();
    expect(await getDb().watchedFile.count({ where: { tableId: id } })).toBe(0);
  });

  test('the secret is stored encrypted, never told, and entered again for another server or key', async () => {
    const { id } = await watch();
    const { secretAccessKey } = remote.request;
    const row = await getDb().watchedBucket.findUniqueOrThrow({ where: { tableId: id } });
    expect(row.secretEncrypted).not.toContain(secretAccessKey);
    expect(JSON.stringify(await getWatchedBucket(ours.viewer, id))).not.toContain(secretAccessKey);
    const trail = await getDb().auditEntry.findMany({ where: { objectId: String(id) } });
    expect(JSON.stringify(trail)).not.toContain(secretAccessKey);

    const kept = { ...remote.request, secretAccessKey: null };
    await saveWatchedBucket(ours.editor, id, { ...kept, pollSeconds: 900 });
    expect(await look(id)).toBeNull();
    for (const change of [{ endpoint: 'http://127.0.0.1:9' }, { accessKeyId: 'OTHER' }]) {
      await expect(
        saveWatchedBucket(ours.editor, id, { ...kept, ...change }),
      ).rejects.toMatchObject({ fields: { secretAccessKey: 'Enter the secret access key.' } });
    }
  });

  test('the settings are tried before they are saved', async () => {
    const { id } = await createTestTable(ours.editor);
    const attempt = (changes: Partial<SaveWatchedBucketRequest>) =>
      testWatchedBucket(ours.editor, id, { ...remote.request, ...changes });
    const empty = await attempt({});
    expect(empty.ok).toBe(true);
    expect(empty.message).toMatch(/^No files/);
    await remote.put('a.csv');
    expect(await attempt({})).toMatchObject({
      ok: true,
      message: 'There is 1 file, and it can be read.',
    });
    expect(await attempt({ bucket: 'another' })).toMatchObject({ ok: false });
    expect(await attempt({ prefix: 'elsewhere/' })).toMatchObject({
      ok: false,
      message:
        'The access key may not do this: it needs to list the bucket and to get its objects.',
    });
    expect(await attempt({ endpoint: 'http://127.0.0.1:9' })).toMatchObject({
      ok: false,
      message: 'Nothing answers at the endpoint. Check address and port.',
    });
  });

  test('viewers, and people of other accounts, may not', async () => {
    const { id } = await createTestTable(ours.editor);
    const theirs = await createTestAccount('Others');
    await expect(saveWatchedBucket(ours.viewer, id, remote.request)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(testWatchedBucket(ours.viewer, id, remote.request)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(saveWatchedBucket(theirs.editor, id, remote.request)).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(getWatchedBucket(theirs.editor, id)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('the table’s own path is not watched', async () => {
    const { id, key } = await createTestTable(ours.editor);
    for (const prefix of ['', 'dcp/', key(''), key('sub/')]) {
      const place = { endpoint: node.s3Url(), bucket: 'optimizely-import', prefix };
      await expect(
        saveWatchedBucket(ours.editor, id, { ...remote.request, ...place }),
      ).rejects.toHaveProperty('fields.prefix');
    }
  });
});

test('a name that stands for a forbidden address is not connected to', async () => {
  const answer = [{ address: '169.254.169.254', family: 4 }];
  vi.spyOn(dns, 'lookup').mockImplementation((...args: unknown[]) => {
    const callback = args.at(-1);
    if (typeof callback === 'function') Reflect.apply(callback, null, [null, answer]);
  });
  const { id } = await createTestTable(ours.editor);
  const request = saveWatchedBucketRequest.parse({
    endpoint: 'http://metadata.example.com',
    bucket: 'latest',
    region,
    accessKeyId: 'KEY',
    secretAccessKey: 'secret',
  });
  expect(await testWatchedBucket(ours.editor, id, request)).toMatchObject({
    ok: false,
    message: 'Buckets cannot be at this address. Check the endpoint.',
  });
  vi.restoreAllMocks();
});

test.each([
  'http://169.254.169.254',
  'http://2852039166',
  'http://[fe80::1]',
  'http://[::ffff:169.254.169.254]:80',
  'https://[fd00:ec2::254]',
  'http://[fd20:ce::254]',
  'http://[64:ff9b::169.254.169.254]',
  'http://168.63.129.16',
  'http://100.100.100.200',
])('%s is refused', async (endpoint) => {
  const { id } = await createTestTable(ours.editor);
  const request = saveWatchedBucketRequest.parse({
    endpoint,
    bucket: 'latest',
    region,
    accessKeyId: 'KEY',
    secretAccessKey: 'secret',
  });
  const refusal = { fields: { endpoint: 'Buckets cannot be at this address.' } };
  await expect(saveWatchedBucket(ours.editor, id, request)).rejects.toMatchObject(refusal);
  await expect(testWatchedBucket(ours.editor, id, request)).rejects.toMatchObject(refusal);
});

test.each([
  'ftp://example.com',
  'https://user:word@example.com',
  'https://example.com/path',
  'https://example.com?query',
  'example.com',
])('%s is no endpoint', (endpoint) => {
  const parsed = saveWatchedBucketRequest.safeParse({ endpoint });
  expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toContain('endpoint');
});

describe.each([
  ['radosgw', startRadosgw],
  ['Swift', startSwift],
] as const)('a bucket of %s', (_, start) => {
  let gateway: Awaited<ReturnType<typeof start>>;

  beforeAll(async () => {
    gateway = await start();
  }, 120_000);
  beforeEach((context) => {
    if (!gateway) context.skip('it is not installed');
  });
  afterAll(() => gateway?.[Symbol.asyncDispose]());

  test('is loaded', async () => {
    if (!gateway) return;
    await using distant = toRemote(gateway.options, () => Promise.resolve());
    await distant.put('a & ü.csv');
    await distant.put('b.csv', Buffer.alloc(0));
    const { id, key } = await createTestTable(ours.editor);
    expect(await testWatchedBucket(ours.editor, id, distant.request)).toMatchObject({ ok: true });
    await saveWatchedBucket(ours.editor, id, distant.request);
    expect(await look(id)).toBeNull();
    expect(await look(id)).toBeNull();
    expect((await namesOf(id)).sort()).toEqual([key('a & ü.csv'), key('b.csv')]);
  });
});
