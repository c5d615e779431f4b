import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { commandLines } from './testing/matrix/command-lines.ts';
import { libraries } from './testing/matrix/libraries.ts';
import type { MatrixClient, MatrixTarget } from './testing/matrix/matrix-client.ts';
import { findProgram, runProgram } from './testing/matrix/program.ts';
import { makeCertificate, type SelfSigned } from './testing/self-signed.ts';
import { storedBytes } from './testing/stored-bytes.ts';
import { bucket, owner, region, startTestServer, type TestServer } from './testing/test-server.ts';

const small = Buffer.from('customerId,plan\nc1,gold\n');
const large = randomBytes(50 * 1024 * 1024 + 11);
const names = ['plain.csv', 'with blank+plus.csv', 'per%25cent & co.csv', 'ünï-码-😀.csv'];
/** The same in fewer names, for programs that start anew for every step. */
const fewNames = ['plain.csv', 'blank+plus %25 & ünï-码-😀.csv'];

let home: string;
let certificate: SelfSigned;
const servers = new Map<string, TestServer>();

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'opendcp-matrix-'));
  certificate = await makeCertificate(home);
  await writeFile(join(home, 'small.csv'), small);
  await writeFile(join(home, 'large.bin'), large);
  servers.set('http', await startTestServer());
  servers.set('https', await startTestServer({ tls: certificate.tls }));
});

afterEach(() => {
  for (const { faults } of servers.values()) expect(faults).toEqual([]);
});

afterAll(async () => {
  for (const server of servers.values()) await server[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

function serverOf(scheme: string): TestServer {
  const server = servers.get(scheme);
  if (!server) throw new Error(`no server for ${scheme}`);
  return server;
}

async function targetOf(scheme: string): Promise<MatrixTarget> {
  const { endpoint, port } = serverOf(scheme);
  const { accessKeyId, secret } = owner;
  return {
    endpoint,
    host: `127.0.0.1:${port}`,
    certificate: scheme === 'https' ? certificate.file : null,
    bucket,
    region,
    accessKeyId,
    secret,
    home: await mkdtemp(join(home, 'client-')),
  };
}

const entries = [...libraries, ...commandLines].map((entry) => [entry.name, entry] as const);

describe.each(entries)('%s', (name, entry) => {
  const title = /\d+\.[\d.]+/.exec(entry.version ?? '')?.[0] ?? 'not found';

  test.skipIf(entry.version === null).each(['http', 'https'])(
    `over %s (${title})`,
    async (scheme) => {
      const target = await targetOf(scheme);
      const server = serverOf(scheme);
      const prefix = `${owner.prefix}${name.replaceAll(/\W/g, '-')}/`;
      const client = await entry.open(target);
      try {
        const fileNames = entry.startsSlowly ? fewNames : names;
        for (const fileName of fileNames) await roundTrip(client, { prefix, fileName, target });
        const key = `${prefix}large.bin`;
        await client.put(key, join(home, 'large.bin'));
        expect((await storedBytes(server, key))?.equals(large), 'stored as sent').toBe(true);
        expect(await client.size(key)).toBe(large.length);
        const back = join(target.home, 'large.bin');
        await client.get(key, back);
        expect((await readFile(back)).equals(large), 'came back as sent').toBe(true);
        await client.remove(key);
      } finally {
        await client.close();
      }
      expect(await server.objects.list({ prefix, after: '', limit: 10 })).toEqual([]);
    },
    120_000,
  );

  async function roundTrip(
    client: MatrixClient,
    options: { readonly prefix: string; readonly fileName: string; readonly target: MatrixTarget },
  ): Promise<void> {
    const { prefix, fileName, target } = options;
    const key = prefix + fileName;
    const server = serverOf(target.certificate === null ? 'http' : 'https');
    await client.put(key, join(home, 'small.csv'));
    if (!entry.mangles) expect(await storedBytes(server, key), key).toEqual(small);
    expect(await client.list(prefix)).toEqual([key]);
    expect(await client.size(key)).toBe(small.length);
    const back = join(target.home, 'back.csv');
    await client.get(key, back);
    expect(await readFile(back), key).toEqual(small);
    await client.remove(key);
    expect(await server.objects.get(key)).toBeNull();
  }
});

const libs3 = findProgram('dpkg-query', ['--show', 'libs3-2']);

test.skipIf(!libs3)(
  `libs3, which signs by version 2, is told so (${libs3 ?? 'not found'})`,
  async () => {
    const target = await targetOf('http');
    const env = {
      S3_HOSTNAME: target.host,
      S3_ACCESS_KEY_ID: target.accessKeyId,
      S3_SECRET_ACCESS_KEY: target.secret,
    };
    // It tells of errors, and then ends as if there were none.
    const script = 's3 -u put "$1" filename="$2" 2>&1';
    const key = `${bucket}/${owner.prefix}libs3.csv`;
    const args = ['-c', script, 's3', key, join(home, 'small.csv')];
    const answer = await runProgram({ command: 'sh', args, target, env });
    expect(answer).toContain('Please use AWS4-HMAC-SHA256');
    expect(await serverOf('http').objects.get(`${owner.prefix}libs3.csv`)).toBeNull();
  },
);
