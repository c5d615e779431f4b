import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { Agent } from 'node:https';
import { createServer, type LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { getDb } from '#lib/db/client.ts';
import { currentAccessKey } from '#lib/services/credentials.ts';
import { makeCertificate } from '#lib/s3/testing/self-signed.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { findFreePort } from '#lib/db/embedded/free-port.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { createTestTable } from '#lib/testing/test-table.ts';

useTestDatabase();

const Bucket = 'optimizely-import';
const started = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);

/** The bucket's host name is not in any DNS. */
const lookUpLocally: LookupFunction = (_name, options, callback) => {
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};

let account: TestAccount;
let environment: NodeJS.ProcessEnv;
let dataDir: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  account = await createTestAccount();
  dataDir = await mkdtemp(join(tmpdir(), 'opendcp-edge-'));
  environment = {
    ...process.env,
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    S3_PORT: String(await findFreePort()),
    PROFILE_PORT: String(await findFreePort()),
    LOG_LEVEL: 'silent',
  };
});

afterAll(async () => {
  for (const child of children) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
  await rm(dataDir, { recursive: true, force: true });
});

/** The edge role as the launcher starts it, with what it said first. */
async function startEdgeProcess(overrides: Readonly<Record<string, string>> = {}) {
  const child = fork(fileURLToPath(new URL('main.ts', import.meta.url)), {
    env: { ...environment, ...overrides },
    execArgv: [],
  });
  children.push(child);
  const [message] = (await once(child, 'message')) as [unknown];
  return { child, message: started.parse(message) };
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exited = once(child, 'exit');
  child.kill(signal);
  const [code] = (await exited) as [number | null];
  return code;
}

async function connect(tableId: number, overrides: S3ClientConfig = {}): Promise<S3Client> {
  return new S3Client({
    endpoint: `http://127.0.0.1:${environment['S3_PORT']}`,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: await currentAccessKey(tableId),
    maxAttempts: 1,
    ...overrides,
  });
}

/** A file whose second half comes only when it is let go. */
function createHesitantFile() {
  const half = Buffer.alloc(2 * 1024 * 1024, 'c1,1\n');
  const release = Promise.withResolvers<undefined>();
  const isHalfSent = Promise.withResolvers<undefined>();
  const body = Readable.from(
    (async function* () {
      yield half;
      isHalfSent.resolve(undefined);
      await release.promise;
      yield half;
    })(),
  );
  return { body, bytes: 2 * half.length, isHalfSent: isHalfSent.promise, release };
}

function putHalf(client: S3Client, Key: string) {
  const file = createHesitantFile();
  const put = client.send(
    new PutObjectCommand({ Bucket, Key, Body: file.body, ContentLength: file.bytes }),
  );
  return { ...file, put };
}

/** The endpoint has begun to store a body. */
async function waitForIncoming(): Promise<void> {
  const directory = join(dataDir, 'objects', 'incoming');
  for (;;) {
    for (const name of await readdir(directory)) {
      const { size } = await stat(join(directory, name)).catch(() => ({ size: 0 }));
      if (size > 0) return;
    }
    await delay(20);
  }
}

test('killed in the middle of a PUT, nothing of the file is seen, and sending it again succeeds', async () => {
  const { id, key } = await createTestTable(account.editor);
  const first = await startEdgeProcess();
  expect(first.message).toEqual({ kind: 'ready' });
  const client = await connect(id);
  const { put, release, isHalfSent } = putHalf(client, key('customers.csv'));
  const failure = put.catch((error: unknown) => error);
  await isHalfSent;
  await waitForIncoming();
  await kill(first.child, 'SIGKILL');
  release.resolve(undefined);
  expect(await failure).toBeInstanceOf(Error);

  const second = await startEdgeProcess();
  const listing = await client.send(new ListObjectsV2Command({ Bucket, Prefix: key('') }));
  expect(listing.KeyCount).toBe(0);
  expect(await getDb().storedObject.count({ where: { tableId: id } })).toBe(0);
  expect(await getDb().upload.count({ where: { tableId: id } })).toBe(0);

  const again = putHalf(client, key('customers.csv'));
  again.release.resolve(undefined);
  await again.put;
  const [upload, ...more] = await getDb().upload.findMany({ where: { tableId: id } });
  expect(upload?.sizeBytes).toBe(BigInt(again.bytes));
  expect(more).toEqual([]);
  const got = await client.send(new GetObjectCommand({ Bucket, Key: key('customers.csv') }));
  expect((await got.Body?.transformToByteArray())?.length).toBe(again.bytes);
  client.destroy();
  await kill(second.child, 'SIGTERM');
});

test('a client that tries again by itself does not notice a kill', async () => {
  const { id, key } = await createTestTable(account.editor);
  const first = await startEdgeProcess();
  const client = await connect(id, { maxAttempts: 20, retryMode: 'standard' });
  const body = Buffer.alloc(32 * 1024 * 1024, 'c1,1\n');
  const put = client.send(new PutObjectCommand({ Bucket, Key: key('big.csv'), Body: body }));
  await waitForIncoming();
  await kill(first.child, 'SIGKILL');
  const second = await startEdgeProcess();
  await put;
  const uploads = await getDb().upload.findMany({ where: { tableId: id } });
  expect(uploads.map(({ sizeBytes }) => sizeBytes)).toEqual([BigInt(body.length)]);
  client.destroy();
  await kill(second.child, 'SIGTERM');
});

test('asked to stop, it finishes what is under way and takes nothing new', async () => {
  const { id, key } = await createTestTable(account.editor);
  const { child } = await startEdgeProcess();
  const client = await connect(id);
  const { put, release, isHalfSent } = putHalf(client, key('customers.csv'));
  await isHalfSent;
  await waitForIncoming();
  const stopped = kill(child, 'SIGTERM');
  const late = await connect(id);
  const refused = async () => {
    try {
      await late.send(new ListObjectsV2Command({ Bucket, Prefix: key('') }));
      return false;
    } catch {
      return true;
    }
  };
  while (!(await refused())) await delay(20);
  release.resolve(undefined);
  await put;
  expect(await stopped).toBe(0);
  expect(await getDb().upload.count({ where: { tableId: id } })).toBe(1);
  client.destroy();
  late.destroy();
});

test('ends with its launcher', async () => {
  const { child } = await startEdgeProcess();
  const exited = once(child, 'exit');
  child.disconnect();
  expect(await exited).toEqual([0, null]);
});

test.each(['S3_PORT', 'PROFILE_PORT'])('a taken %s is told in a sentence', async (variable) => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  const address = z.object({ port: z.number() }).parse(blocker.address());
  const { child, message } = await startEdgeProcess({ [variable]: String(address.port) });
  expect(message).toMatchObject({ kind: 'failed' });
  const { message: sentence } = z.object({ message: z.string() }).parse(message);
  expect(sentence).toContain(`port ${address.port} is taken`);
  expect(sentence).toContain(variable);
  if (child.exitCode === null) await once(child, 'exit');
  expect(child.exitCode).toBe(1);
  blocker.close();
});

test('speaks TLS and knows the bucket as a host name, by configuration', async () => {
  const { file } = await makeCertificate(dataDir);
  const { id, key } = await createTestTable(account.editor);
  const { child, message } = await startEdgeProcess({
    S3_TLS_CERT: file,
    S3_TLS_KEY: join(dataDir, 'key.pem'),
    S3_DOMAIN: 'example.com, localhost',
  });
  expect(message).toEqual({ kind: 'ready' });
  const ca = await readFile(file, 'utf8');
  const client = await connect(id, {
    endpoint: `https://localhost:${environment['S3_PORT']}`,
    forcePathStyle: false,
    // Whatever the bucket, below localhost.
    requestHandler: {
      httpsAgent: new Agent({ ca, lookup: lookUpLocally, checkServerIdentity: () => undefined }),
    },
  });
  await client.send(new PutObjectCommand({ Bucket, Key: key('a.csv'), Body: 'customerId\n' }));
  expect(await getDb().upload.count({ where: { tableId: id } })).toBe(1);
  client.destroy();
  await kill(child, 'SIGTERM');

  const broken = await startEdgeProcess({ S3_TLS_CERT: file, S3_TLS_KEY: file });
  expect(broken.message).toMatchObject({
    message: expect.stringContaining('S3_TLS_KEY') as string,
  });
});

test('health needs the database and a place for files', async () => {
  const { child } = await startEdgeProcess();
  const url = `http://127.0.0.1:${environment['PROFILE_PORT']}/api/health`;
  expect((await fetch(url)).status).toBe(200);
  await rm(join(dataDir, 'objects'), { recursive: true });
  const ill = await fetch(url);
  expect(ill.status).toBe(503);
  expect(await ill.json()).toMatchObject({ code: 'unavailable' });
  await kill(child, 'SIGTERM');
});
