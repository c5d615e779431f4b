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
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { readManifest } from '#lib/blob/read-manifest.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { defaultIngestSettings } from '#lib/ingest/settings.ts';
import { findProgram } from '#lib/s3/testing/matrix/program.ts';
import { currentAccessKey } from '#lib/services/credentials.ts';
import { objectIndex } from '#lib/services/objects.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { findFreePort } from '#lib/testing/free-port.ts';
import { createTestAccount } from '#lib/testing/test-account.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import { silentLogger, waitForEnd } from '#lib/testing/test-node.ts';
import { Worker } from '#lib/worker/worker.ts';

useTestDatabase();

/** `npm run bench -- edge-kills` makes it 20. */
const kills = Number(process.env['KILLS'] ?? 5);
const header = 'customerId,string\n';
const aws = findProgram('aws', ['--version']);

let directory: string;
let environment: NodeJS.ProcessEnv;
let edge: ChildProcess;

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
  await startEdgeProcess();
});

afterAll(async () => {
  await kill();
  await rm(directory, { recursive: true, force: true });
});

async function startEdgeProcess(): Promise<void> {
  const script = fileURLToPath(new URL('main.ts', import.meta.url));
  edge = fork(script, { env: environment, execArgv: [] });
  await once(edge, 'message');
}

async function kill(): Promise<void> {
  const exited = once(edge, 'exit');
  edge.kill('SIGKILL');
  await exited;
}

/** Kills and starts the edge again and again, at moments that nobody chose. */
async function killAtRandom(): Promise<void> {
  for (let count = 0; count < kills; count += 1) {
    await delay(randomInt(100, 3000));
    await kill();
    await startEdgeProcess();
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

test.skipIf(!aws)(
  `killed ${kills} times during uploads by ${aws ?? 'aws, which is not there'}, nothing is lost and nothing comes twice`,
  async () => {
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
    await killAtRandom();
    await expect.poll(() => believed.size, { timeout: 60_000 }).toBeGreaterThan(kills / 4);
    isOver = true;
    await Promise.all(loops);

    const blobs = await FileBlobStore.open({ directory: join(directory, 'objects') });
    for (const [name, bytes] of believed) {
      const object = await objectIndex.get(name);
      const stored = object && (await buffer(readManifest({ blobs, parts: object.parts })));
      expect(stored?.equals(bytes), `${name} is there, byte by byte`).toBe(true);
    }
    const uploads = await getDb().upload.findMany({ where: { tableId: id } });
    const counts = Map.groupBy(uploads, (row) => row.key);
    for (const name of believed.keys()) expect(counts.get(name), name).toHaveLength(1);

    const context = { pool: getPool(), blobs, settings: defaultIngestSettings };
    const worker = new Worker({ context, log: silentLogger, pollInterval: 200 });
    void worker.run();
    for (const { id: uploadId } of uploads) {
      expect((await waitForEnd(account.viewer, uploadId)).state).toBe('completed');
    }
    await worker.stop();
    console.log(`${kills} kills, ${believed.size} files that aws believed uploaded.`);
  },
  300_000,
);
