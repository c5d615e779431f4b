import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addressOf, botoScript, runAsOwner } from './testing/external-clients.ts';
import { findProgram } from './testing/matrix/program.ts';
import { storedBytes } from './testing/stored-bytes.ts';
import { bucket, owner, region, startTestServer, type TestServer } from './testing/test-server.ts';

const mebibyte = 1024 * 1024;
const small = Buffer.from('customerId,plan\nc1,gold\n');
const large = randomBytes(20 * mebibyte + 11);
const names = ['plain.csv', 'a b.csv', 'plus+percent%25.csv', 'ünï-码-😀.csv', "it's (1)!.csv"];

let server: TestServer;
let home: string;

beforeAll(async () => {
  server = await startTestServer();
  home = await mkdtemp(join(tmpdir(), 'opendcp-clients-'));
  await writeFile(join(home, 'small.csv'), small);
  await writeFile(join(home, 'large.bin'), large);
  await mkdir(join(home, 'odd'));
  for (const name of names) await writeFile(join(home, 'odd', name), name);
});

afterEach(() => {
  expect(server.faults).toEqual([]);
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

const keyOf = (name: string) => `${owner.prefix}${name}`;

async function expectStored(name: string, bytes: Buffer): Promise<void> {
  const stored = await storedBytes(server, keyOf(name));
  expect(stored?.equals(bytes), `${name} is stored as it was sent`).toBe(true);
}

async function expectFetched(path: string, bytes: Buffer): Promise<void> {
  expect((await readFile(path)).equals(bytes), `${path} came back as it was sent`).toBe(true);
}

// Debian's package and, where there is one, the first on the path: a version before and one after default checksums.
const commandLines = ['/usr/bin/aws', 'aws'].map(
  (command) => [command, findProgram(command, ['--version'])] as const,
);

describe.each(commandLines)('%s (%s)', (command, version) => {
  const aws = (...args: string[]) =>
    runAsOwner({ command, args: ['--endpoint-url', server.endpoint, ...args], home });

  test.skipIf(!version)('moves small and large files on the server', async () => {
    for (const [name, bytes] of [
      ['small.csv', small],
      ['large.bin', large],
    ] as const) {
      await aws('s3', 'cp', name, addressOf(name));
      await aws('s3', 'mv', addressOf(name), addressOf(`moved ü/${name}`));
      await expectStored(`moved ü/${name}`, bytes);
      expect(await server.objects.get(keyOf(name))).toBeNull();
    }
    expect((await server.objects.get(keyOf('moved ü/large.bin')))?.etag).toMatch(/-3$/);
  });

  test.skipIf(!version)('checksums of its own choice', async () => {
    for (const algorithm of ['CRC32', 'SHA256']) {
      const key = keyOf(`${algorithm}.csv`);
      const target = ['--bucket', bucket, '--key', key, '--body', 'small.csv'];
      await aws('s3api', 'put-object', ...target, '--checksum-algorithm', algorithm);
      await expectStored(`${algorithm}.csv`, small);
      expect((await server.objects.get(key))?.checksum?.algorithm).toBe(algorithm);
    }
  });

  test.skipIf(!version)('syncs a folder of odd names, both ways, and removes it', async () => {
    await aws('s3', 'sync', 'odd', addressOf('odd/'));
    for (const name of names) await expectStored(`odd/${name}`, Buffer.from(name));
    expect(await aws('s3', 'ls', addressOf('odd/'))).toContain(names[0]);
    await aws('s3', 'sync', addressOf('odd/'), 'back');
    for (const name of names) await expectFetched(join(home, 'back', name), Buffer.from(name));
    await aws('s3', 'rm', '--recursive', addressOf('odd/'));
    for (const name of names) expect(await server.objects.get(keyOf(`odd/${name}`))).toBeNull();
  });

  test.skipIf(!version)('finds the way from the top', async () => {
    expect(await aws('s3', 'ls')).toContain(bucket);
    expect(await aws('s3', 'ls', `s3://${bucket}`)).toContain('PRE dcp/');
  });

  test.skipIf(!version)('says what is wrong', async () => {
    const foreign = `s3://${bucket}/dcp/1/679/x.csv`;
    await expect(aws('s3', 'cp', 'small.csv', foreign)).rejects.toThrow('AccessDenied');
  });
});

const rclone = findProgram('rclone', ['--version']);

test.skipIf(!rclone)(
  `rclone changes times and moves on the server (${rclone ?? 'not found'})`,
  async () => {
    const settings = { provider: 'Other', endpoint: server.endpoint, region };
    const flags = Object.entries(settings).flatMap(([name, value]) => [`--s3-${name}`, value]);
    const run = (...args: string[]) =>
      runAsOwner({
        command: 'rclone',
        args: [...args, ...flags, '--s3-env-auth', '--s3-no-check-bucket'],
        home,
      });
    const remote = (name: string) => `:s3:${bucket}/${keyOf(name)}`;
    await run('copyto', 'small.csv', remote('moved/a.csv'));
    const published = server.objects.published.length;
    await run('touch', '--timestamp', '2020-01-02T03:04:05', remote('moved/a.csv'));
    expect(server.objects.published).toHaveLength(published);
    expect(await run('lsl', remote('moved/a.csv'))).toContain('2020-01-02 03:04:05');
    await run('moveto', remote('moved/a.csv'), remote('moved/b ü.csv'));
    await expectStored('moved/b ü.csv', small);
    expect(await server.objects.get(keyOf('moved/a.csv'))).toBeNull();
  },
);

const pythons = ['/usr/bin/python3', 'python3'].map(
  (command) =>
    [command, findProgram(command, ['-c', 'import boto3; print(boto3.__version__)'])] as const,
);

describe.each(pythons)('boto3 of %s (%s)', (command, version) => {
  const python = (statements: string) =>
    runAsOwner({ command, args: botoScript(server, home, statements), home });

  test.skipIf(!version)('metadata, both listings, and many at once', async () => {
    await python(`
for name in ${JSON.stringify(names)}:
    key = prefix + name
    put = s3.put_object(Bucket=bucket, Key=key, Body=b'x', Metadata={'note': 'hello'})
    head = s3.head_object(Bucket=bucket, Key=key)
    assert head['Metadata'] == {'note': 'hello'} and head['ETag'] == put['ETag']
    assert [o['Key'] for o in s3.list_objects(Bucket=bucket, Prefix=key)['Contents']] == [key]
    s3.delete_objects(Bucket=bucket, Delete={'Objects': [{'Key': key}]})
    assert 'Contents' not in s3.list_objects_v2(Bucket=bucket, Prefix=key)
`);
  });

  test.skipIf(!version)('uploads streams in parts', async () => {
    await python(`
s3.upload_fileobj(open('large.bin', 'rb'), bucket, prefix + 'stream.bin')
`);
    await expectStored('stream.bin', large);
  });

  test.skipIf(!version)('presigned URLs', async () => {
    const url = await python(`
s3 = boto3.client('s3', endpoint_url=endpoint, config=Config(s3={'addressing_style': 'path'}, signature_version='s3v4'))
print(s3.generate_presigned_url('put_object', {'Bucket': bucket, 'Key': prefix + 'url é.csv'}, 60))
`);
    expect((await fetch(url.trim(), { method: 'PUT', body: small })).status).toBe(200);
    await expectStored('url é.csv', small);
  });

  test.skipIf(!version)('version 2 signatures get told what to do', async () => {
    const attempt = python(`
s3 = boto3.client('s3', endpoint_url=endpoint, config=Config(s3={'addressing_style': 'path'}, signature_version='s3'))
s3.put_object(Bucket=bucket, Key=prefix + 'v2.csv', Body=b'x')
`);
    await expect(attempt).rejects.toThrow('Please use AWS4-HMAC-SHA256');
  });
});

const curl = findProgram('curl', ['--version']);

describe(`curl (${curl ?? 'not found'})`, () => {
  const signed = (...args: string[]) =>
    runAsOwner({
      command: 'curl',
      args: [
        '--silent',
        '--aws-sigv4',
        `aws:amz:${region}:s3`,
        '--user',
        `${owner.accessKeyId}:${owner.secret}`,
        ...args,
      ],
      home,
    });
  const url = (name: string) => `${server.endpoint}/${bucket}/${keyOf(name)}`;

  test.skipIf(!curl)('is told of the header that it leaves out', async () => {
    const version = Number(/curl (\d+\.\d+)/.exec(curl ?? '')?.[1]);
    const answer = await signed('--upload-file', 'small.csv', url('without.csv'));
    // Newer versions send the header by themselves.
    if (version < 8)
      expect(answer).toContain('Missing required header for this request: x-amz-content-sha256');
  });
});
