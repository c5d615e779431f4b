import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addressOf, botoScript, findProgram, runProgram } from './testing/external-clients.ts';
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
    runProgram({ command, args: ['--endpoint-url', server.endpoint, ...args], home });

  test.skipIf(!version)('copies a file there and back, and removes it', async () => {
    await aws('s3', 'cp', 'small.csv', addressOf('one.csv'));
    await expectStored('one.csv', small);
    await aws('s3', 'cp', addressOf('one.csv'), 'back.csv');
    await expectFetched(join(home, 'back.csv'), small);
    await aws('s3', 'rm', addressOf('one.csv'));
    expect(await server.objects.get(keyOf('one.csv'))).toBeNull();
  });

  test.skipIf(!version)('uploads 20 MB in parts', async () => {
    await aws('s3', 'cp', 'large.bin', addressOf('large.bin'));
    await expectStored('large.bin', large);
    expect((await server.objects.get(keyOf('large.bin')))?.etag).toMatch(/-3$/);
    await aws('s3', 'cp', addressOf('large.bin'), 'back.bin');
    await expectFetched(join(home, 'back.bin'), large);
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

const openssl = findProgram('openssl', ['version']);
const newest = commandLines.at(-1)?.[1];

// Over TLS the command line trusts the connection and frames bodies in unsigned chunks with a trailer.
test.skipIf(!openssl || !newest)(`aws over TLS (${newest ?? 'not found'})`, async () => {
  const request = '-x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost';
  const names = [
    '-addext',
    'subjectAltName=IP:127.0.0.1',
    '-keyout',
    'key.pem',
    '-out',
    'cert.pem',
  ];
  await runProgram({ command: 'openssl', args: ['req', ...request.split(' '), ...names], home });
  const [certificate, key] = await Promise.all(
    ['cert.pem', 'key.pem'].map((name) => readFile(join(home, name), 'utf8')),
  );
  await using secure = await startTestServer({
    tls: { certificate: certificate ?? '', key: key ?? '' },
  });
  const aws = (...args: string[]) => {
    const connection = ['--endpoint-url', secure.endpoint, '--ca-bundle', join(home, 'cert.pem')];
    return runProgram({ command: 'aws', args: [...connection, ...args], home });
  };
  await aws('s3', 'cp', 'large.bin', addressOf('tls.bin'));
  expect((await storedBytes(secure, keyOf('tls.bin')))?.equals(large)).toBe(true);
  await aws('s3', 'cp', addressOf('tls.bin'), 'tls.bin');
  await expectFetched(join(home, 'tls.bin'), large);
  expect(secure.faults).toEqual([]);
});

const pythons = ['/usr/bin/python3', 'python3'].map(
  (command) =>
    [command, findProgram(command, ['-c', 'import boto3; print(boto3.__version__)'])] as const,
);

describe.each(pythons)('boto3 of %s (%s)', (command, version) => {
  const python = (statements: string) =>
    runProgram({ command, args: botoScript(server, home, statements), home });

  test.skipIf(!version)('puts, gets, lists, heads and deletes', async () => {
    const output = await python(`
for name in ${JSON.stringify(names)}:
    key = prefix + name
    body = open('small.csv', 'rb').read()
    put = s3.put_object(Bucket=bucket, Key=key, Body=body, Metadata={'note': 'hello'})
    got = s3.get_object(Bucket=bucket, Key=key)
    assert got['Body'].read() == body and got['Metadata'] == {'note': 'hello'}
    assert got['ETag'] == put['ETag'] == s3.head_object(Bucket=bucket, Key=key)['ETag']
    assert [o['Key'] for o in s3.list_objects_v2(Bucket=bucket, Prefix=key)['Contents']] == [key]
    assert [o['Key'] for o in s3.list_objects(Bucket=bucket, Prefix=key)['Contents']] == [key]
    s3.delete_objects(Bucket=bucket, Delete={'Objects': [{'Key': key}]})
print('done')
`);
    expect(output.trim()).toBe('done');
  });

  test.skipIf(!version)('uploads files and streams in parts', async () => {
    await python(`
s3.upload_file('large.bin', bucket, prefix + 'file.bin')
s3.upload_fileobj(open('large.bin', 'rb'), bucket, prefix + 'stream.bin')
s3.download_file(bucket, prefix + 'file.bin', 'boto.bin')
`);
    await expectStored('file.bin', large);
    await expectStored('stream.bin', large);
    await expectFetched(join(home, 'boto.bin'), large);
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
    runProgram({
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
  const unsignedPayload = ['--header', 'x-amz-content-sha256: UNSIGNED-PAYLOAD'];
  const url = (name: string) => `${server.endpoint}/${bucket}/${keyOf(name)}`;

  test.skipIf(!curl)('puts and gets a file', async () => {
    await signed(...unsignedPayload, '--upload-file', 'large.bin', url('curl.bin'));
    await expectStored('curl.bin', large);
    expect(await signed(...unsignedPayload, '--head', url('curl.bin'))).toContain('200 OK');
  });

  test.skipIf(!curl)('is told of the header that it leaves out', async () => {
    const version = Number(/curl (\d+\.\d+)/.exec(curl ?? '')?.[1]);
    const answer = await signed('--upload-file', 'small.csv', url('without.csv'));
    // Newer versions send the header by themselves.
    if (version < 8)
      expect(answer).toContain('Missing required header for this request: x-amz-content-sha256');
  });
});
