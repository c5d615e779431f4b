import { execFile, fork, type ChildProcess } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BlobStore } from '#lib/blob/blob-store.ts';
import { BucketBlobStore } from '#lib/blob/bucket-blob-store.ts';
import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { readManifest } from '#lib/blob/read-manifest.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { defaultIngestSettings } from '#lib/ingest/settings.ts';
import { findProgram } from '#lib/s3/testing/matrix/program.ts';
import { currentAccessKey } from '#lib/services/credentials.ts';
import { objectIndex } from '#lib/services/objects.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { findFreePort } from '#lib/db/embedded/free-port.ts';
import { startRadosgw } from '#lib/testing/radosgw.ts';
import { createTestAccount } from '#lib/testing/test-account.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import { silentLogger, waitForEnd } from '#lib/testing/test-node.ts';
import { Worker } from '#lib/worker/worker.ts';

useTestDatabase();

/** `npm run bench -- edge-kills` makes it 20. */
const kills = Number(process.env['KILLS'] ?? 5);
const header = 'customerId,string\n';
const aws = findProgram('aws', ['--version']);

/** Where the edge keeps files. */
interface Store {
  readonly environment: NodeJS.ProcessEnv;
  readonly open: () => Promise<BlobStore>;
}

let directory: string;
let environment: NodeJS.ProcessEnv;
let edge: ChildProcess;
let gateway: Awaited<ReturnType<typeof startRadosgw>> = null;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'opendcp-kills-'));
  environment = {
    ...process.env,
    DATA_DIR: directory,
    MASTER_KEY: 'the master key of the tests',
    HOST: '127.0.0.1',
    S3_PORT: String(await findFreePort()),
    PROFILE_PORT: String(await findFreePort()),
    LOG_LEVEL: 'silent',
  };
  Object.assign(process.env, { DATA_DIR: directory, MASTER_KEY: environment['MASTER_KEY'] });
});

afterAll(async () => {
  await gateway?.[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

function onDisk(): Promise<Store> {
  const open = () => FileBlobStore.open({ directory: join(directory, 'objects') });
  return Promise.resolve({ environment, open });
}

/** Null where radosgw is not installed. */
async function inBucket(): Promise<Store | null> {
  gateway = await startRadosgw();
  if (!gateway) return null;
  const { options } = gateway;
  return {
    environment: {
      ...environment,
      IMPORT_S3_ENDPOINT: options.endpoint,
      IMPORT_S3_BUCKET: options.bucket,
      IMPORT_S3_REGION: options.region,
      IMPORT_S3_PREFIX: options.prefix,
      IMPORT_S3_ACCESS_KEY_ID: options.credentials.accessKeyId,
      IMPORT_S3_SECRET_ACCESS_KEY: options.credentials.secretAccessKey,
    },
    open: () => BucketBlobStore.open(options),
  };
}

async function startEdgeProcess(store: Store): Promise<void> {
  const script = fileURLToPath(new URL('main.ts', import.meta.url));
  edge = fork(script, { env: store.environment, execArgv: [] });
  await once(edge, 'message');
}

async function kill(): Promise<void> {
  const exited = once(edge, 'exit');
  edge.kill('SIGKILL');
  await exited;
}

/** Kills and starts the edge again and again, at moments that nobody chose. */
async function killAtRandom(store: Store): Promise<void> {
  for (let count = 0; count < kills; count += 1) {
    await delay(randomInt(100, 3000));
    await kill();
    await startEdgeProcess(store);
  }
}

/** A CSV of rows that are all different, so that parts cannot be mixed up unnoticed. */
function makeFile(bytes: number): Buffer {
  const rows: string[] = [header];
  for (let size = 0; size < bytes; size += 100) {
    rows.push(`c${rows.length},${randomBytes(45).toString('hex')}\n`);
  }
  return Buffer.from(rows.join(''));
}

const places = [
  ['on the disk', onDisk],
  ['in a bucket of radosgw', inBucket],
] as const;

describe.each(places)('files %s', (_, place) => {
  const client = aws ?? 'aws, which is not there';
  const title = `killed ${kills} times during uploads by ${client}, nothing is lost and nothing comes twice`;

  test.skipIf(!aws)(title, { timeout: 300_000 }, async (context) => {
    const store = await place();
    if (!store) {
      context.skip('radosgw is not installed');
      return;
    }
    await startEdgeProcess(store);
    const account = await createTestAccount();
    const { id, key } = await createTestTable(account.editor);
    const { accessKeyId, secretAccessKey } = await currentAccessKey(id);
    const env = {
      ...process.env,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_MAX_ATTEMPTS: '12',
      AWS_RETRY_MODE: 'standard',
    };
    const files = [makeFile(40_000), makeFile(3_000_000), makeFile(12_000_000)];
    await Promise.all(
      files.map((bytes, index) => writeFile(join(directory, `file-${index}.csv`), bytes)),
    );
    const endpoint = ['--endpoint-url', `http://127.0.0.1:${environment['S3_PORT']}`];
    const believed = new Map<string, Buffer>();
    let isOver = false;
    const upload = async (loop: number) => {
      for (let round = 0; !isOver; round += 1) {
        const index = (loop + round) % files.length;
        const name = `loop-${loop}-${round}.csv`;
        const target = `s3://optimizely-import/${key(name)}`;
        const args = [...endpoint, 's3', 'cp', join(directory, `file-${index}.csv`), target];
        const isStored = await promisify(execFile)('aws', args, { env }).then(
          () => true,
          () => false,
        );
        const bytes = files[index];
        if (isStored && bytes) believed.set(key(name), bytes);
      }
    };
    const loops = [upload(0), upload(1)];
    await killAtRandom(store);
    await expect.poll(() => believed.size, { timeout: 60_000 }).toBeGreaterThan(kills / 4);
    isOver = true;
    await Promise.all(loops);

    const blobs = await store.open();
    for (const [name, bytes] of believed) {
      const object = await objectIndex.get(name);
      const stored = object && (await buffer(readManifest({ blobs, parts: object.parts })));
      expect(stored?.equals(bytes), `${name} is there, byte by byte`).toBe(true);
    }
    const uploads = await getDb().upload.findMany({ where: { tableId: id } });
    const counts = Map.groupBy(uploads, (row) => row.key);
    for (const name of believed.keys()) expect(counts.get(name), name).toHaveLength(1);

    const ingest = { pool: getPool(), blobs, settings: defaultIngestSettings };
    const worker = new Worker({ context: ingest, log: silentLogger, pollInterval: 200 });
    void worker.run();
    for (const { id: uploadId } of uploads) {
      expect((await waitForEnd(account.viewer, uploadId)).state).toBe('completed');
    }
    await worker.stop();
    await kill();
    console.log(`${kills} kills, ${believed.size} files that aws believed uploaded.`);
  });
});
