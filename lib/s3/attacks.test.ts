import { createHash, randomBytes } from 'node:crypto';
import http from 'node:http';
import net from 'node:net';
import { crc32 } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checksumAlgorithms, checksumHeader } from './payload/checksum.ts';
import { digestOf } from './payload/hasher.ts';
import { presignUrl } from './signature/presign-url.ts';
import { chunkedBody } from './testing/chunked-body.ts';
import { send, sendSigned, signRequest, sha256, type RawRequest } from './testing/raw-client.ts';
import { storedBytes } from './testing/stored-bytes.ts';
import {
  bucket,
  owner,
  region,
  startTestServer,
  stranger,
  type TestServer,
} from './testing/test-server.ts';

const key = `${owner.prefix}customers.csv`;
const target = `/${bucket}/${key}`;
const body = 'customerId,plan\nc1,gold\n';
const put: RawRequest = { method: 'PUT', target, body };
const maxObjectBytes = 64 * 1024;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ maxObjectBytes, idleTimeoutMs: 300 });
});

beforeEach(() => {
  server.objects.published.length = 0;
});

afterEach(() => {
  expect(server.faults).toEqual([]);
});

afterAll(() => server[Symbol.asyncDispose]());

/** A refused request leaves neither an object nor a byte. */
async function expectRefusal(request: RawRequest, code: string, status: number): Promise<void> {
  const before = await server.storedFiles();
  const response = await send(server, request);
  expect(response).toMatchObject({ code, status });
  expect(response.headers['x-amz-request-id']).toMatch(/^[0-9A-F]{16}$/);
  expect(response.text).toContain(`<RequestId>${String(response.headers['x-amz-request-id'])}<`);
  expect(response.headers['content-type']).toBe('application/xml');
  expect(server.objects.published).toEqual([]);
  expect(await server.storedFiles()).toEqual(before);
}

test('the honest request is stored', async () => {
  expect((await send(server, put)).status).toBe(200);
  expect((await storedBytes(server, key))?.toString()).toBe(body);
});

describe('identity', () => {
  const minutesAgo = (count: number) => new Date(Date.now() - count * 60_000);

  test.each([
    ['a wrong secret', { secret: 'wrong' }, 'SignatureDoesNotMatch', 403],
    ['an unknown key', { accessKeyId: 'NOBODY' }, 'InvalidAccessKeyId', 403],
    ['a replay after a quarter of an hour', { time: minutesAgo(16) }, 'RequestTimeTooSkewed', 403],
    ['a clock ahead', { time: minutesAgo(-16) }, 'RequestTimeTooSkewed', 403],
  ])('%s', async (_, change, code, status) => {
    await expectRefusal({ ...put, ...change }, code, status);
  });

  test('a revoked key, at once', async () => {
    await using other = await startTestServer();
    const request = { ...put, target: `/${bucket}/${stranger.prefix}x.csv` };
    const { accessKeyId, secret } = stranger;
    expect((await send(other, { ...request, accessKeyId, secret })).status).toBe(200);
    other.credentials.revoke(accessKeyId);
    expect((await send(other, { ...request, accessKeyId, secret })).code).toBe(
      'InvalidAccessKeyId',
    );
  });

  test('the use of a key is noted, once in a while', async () => {
    await using other = await startTestServer();
    await send(other, put);
    await send(other, put);
    await send(other, { ...put, secret: 'wrong' });
    expect(other.credentials.touched).toEqual([owner.id]);
  });
});

describe('what was signed is what is done', () => {
  const altered = (change: RawRequest['altered']) => ({ ...put, altered: change ?? {} });
  const mismatch = 'SignatureDoesNotMatch';

  test.each([
    ['header', altered({ headers: { 'x-amz-content-sha256': sha256('other') } }), mismatch],
    ['key', altered({ target: `/${bucket}/${owner.prefix}other.csv` }), mismatch],
    ['query', altered({ target: `${target}?partNumber=1` }), mismatch],
    ['method', altered({ method: 'DELETE' }), mismatch],
    [
      'date',
      altered({ headers: { 'x-amz-date': '20200101T000000Z' } }),
      'AuthorizationHeaderMalformed',
    ],
    [
      'an x-amz header that was not signed',
      altered({ headers: { 'x-amz-meta-a': 'b' } }),
      'AccessDenied',
    ],
  ])('%s', async (_, request, code) => {
    await expectRefusal(request, code, code === 'AuthorizationHeaderMalformed' ? 400 : 403);
  });

  test('body', async () => {
    const request = { ...put, payloadHash: sha256(body) };
    await expectRefusal(
      { ...request, body: body.replace('gold', 'lead') },
      'XAmzContentSHA256Mismatch',
      400,
    );
  });

  test('body of a command without one', async () => {
    const request = { method: 'DELETE', target, payloadHash: sha256(''), body: 'x' };
    await expectRefusal(request, 'XAmzContentSHA256Mismatch', 400);
  });
});

describe('sums', () => {
  const md5 = (text: string) => createHash('md5').update(text).digest('base64');
  const header = (name: string, value: string) => ({ ...put, headers: { [name]: value } });
  const crc = (text: string) => {
    const digest = Buffer.alloc(4);
    digest.writeUInt32BE(crc32(text));
    return digest.toString('base64');
  };

  test.each([
    ['content-md5', md5(body)],
    ['x-amz-checksum-crc32', crc(body)],
    ['x-amz-checksum-sha512', createHash('sha512').update(body).digest('base64')],
    ['x-amz-checksum-md5', md5(body)],
  ])('%s that is right is stored and echoed', async (name, value) => {
    const response = await send(server, header(name, value));
    expect(response.status).toBe(200);
    if (name !== 'content-md5') expect(response.headers[name]).toBe(value);
  });

  test.each([
    ['content-md5', md5('other'), 'BadDigest'],
    ['content-md5', 'not base64', 'InvalidDigest'],
    ['x-amz-checksum-crc32', crc('other'), 'BadDigest'],
    ['x-amz-checksum-sha512', createHash('sha512').update('x').digest('base64'), 'BadDigest'],
    ['x-amz-checksum-crc32', 'AAAA', 'InvalidRequest'],
    ['x-amz-checksum-xxhash64', 'AAAAAAAAAAA=', 'InvalidRequest'],
    ['x-amz-sdk-checksum-algorithm', 'CRC32', 'InvalidRequest'],
    ['x-amz-trailer', 'x-amz-checksum-crc32', 'InvalidRequest'],
    ['x-amz-content-sha256', 'nonsense', 'SignatureDoesNotMatch'],
  ])('%s: %s', async (name, value, code) => {
    await expectRefusal(header(name, value), code, code === 'SignatureDoesNotMatch' ? 403 : 400);
  });

  test('two checksums at once', async () => {
    const headers = { 'x-amz-checksum-crc32': crc(body), 'x-amz-checksum-md5': md5(body) };
    await expectRefusal({ ...put, headers }, 'InvalidRequest', 400);
  });

  test('a payload hash that is none', async () => {
    await expectRefusal({ ...put, payloadHash: 'nonsense' }, 'InvalidArgument', 400);
    const ecdsa = 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD';
    await expectRefusal({ ...put, payloadHash: ecdsa }, 'NotImplemented', 501);
  });
});

describe('streamed bodies', () => {
  const chunks = ['customerId,plan\n', 'c1,gold\n'].map((text) => Buffer.from(text));
  const payload = Buffer.concat(chunks);
  const digest = Buffer.alloc(4);
  digest.writeUInt32BE(crc32(payload));
  const trailer = { name: 'x-amz-checksum-crc32', value: digest.toString('base64') };
  const modes = {
    signed: { payloadHash: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' },
    trailer: { payloadHash: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER', trailer },
    unsigned: { payloadHash: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', trailer },
  } as const;
  type Mode = keyof typeof modes;

  interface Change {
    readonly frame?: (framed: Buffer) => Buffer;
    readonly headers?: Readonly<Record<string, string>>;
    readonly trailerName?: string;
    readonly trailerValue?: string;
    readonly secret?: string;
  }

  async function stream(mode: Mode, change: Change = {}) {
    const { payloadHash } = modes[mode];
    const hasTrailer = mode !== 'signed';
    const name = change.trailerName ?? trailer.name;
    const headers = {
      'x-amz-decoded-content-length': String(payload.length),
      ...(hasTrailer ? { 'x-amz-trailer': name } : {}),
      'content-encoding': 'aws-chunked',
      ...change.headers,
    };
    const { secret = owner.secret } = change;
    const request: RawRequest = { method: 'PUT', target, headers, payloadHash, secret };
    const signed = signRequest(server, request);
    const value = change.trailerValue ?? trailer.value;
    const framed = chunkedBody({
      chunks,
      signature: mode === 'unsigned' ? null : signed,
      ...(hasTrailer ? { trailer: { name, value } } : {}),
    });
    const altered = change.frame ? change.frame(framed) : framed;
    const before = await server.storedFiles();
    const response = await sendSigned(server, { ...request, body: altered }, signed);
    if (response.status !== 200) {
      expect(server.objects.published).toEqual([]);
      expect(await server.storedFiles()).toEqual(before);
    }
    return response;
  }

  const replace = (from: string, to: string) => (framed: Buffer) =>
    Buffer.from(framed.toString('latin1').replace(from, to), 'latin1');
  const cut = (bytes: number) => (framed: Buffer) => framed.subarray(0, framed.length - bytes);

  test.each(['signed', 'trailer', 'unsigned'] as const)('%s, honest', async (mode) => {
    const response = await stream(mode);
    expect(response.status).toBe(200);
    expect((await storedBytes(server, key))?.equals(payload)).toBe(true);
    expect((await server.objects.get(key))?.contentEncoding).toBeNull();
    if (mode !== 'signed') expect(response.headers[trailer.name]).toBe(trailer.value);
  });

  test.each(checksumAlgorithms)('%s in a trailer, right and wrong', async (algorithm) => {
    const trailerName = checksumHeader(algorithm);
    const sumOf = async (bytes: Buffer) => (await digestOf(algorithm, bytes)).toString('base64');
    for (const mode of ['trailer', 'unsigned'] as const) {
      const wrong = { trailerName, trailerValue: await sumOf(Buffer.from('other')) };
      expect(await stream(mode, wrong)).toMatchObject({ code: 'BadDigest', status: 400 });
      const trailerValue = await sumOf(payload);
      const response = await stream(mode, { trailerName, trailerValue });
      expect(response.status).toBe(200);
      expect(response.headers[trailerName]).toBe(trailerValue);
      server.objects.published.length = 0;
    }
  });

  test.each([
    ['signed', 'chunk altered', { frame: replace('gold', 'lead') }, 'SignatureDoesNotMatch', 403],
    ['trailer', 'chunk altered', { frame: replace('gold', 'lead') }, 'SignatureDoesNotMatch', 403],
    ['unsigned', 'chunk altered', { frame: replace('gold', 'lead') }, 'BadDigest', 400],
    ['signed', 'chunk cut', { frame: cut(100) }, 'IncompleteBody', 400],
    ['unsigned', 'chunk cut', { frame: cut(60) }, 'IncompleteBody', 400],
    ['signed', 'last chunk missing', { frame: replace('\r\n0;', '\r\n') }, 'IncompleteBody', 400],
    [
      'trailer',
      'trailer altered',
      { frame: replace(`:${trailer.value}`, ':AAAAAA==') },
      'SignatureDoesNotMatch',
      403,
    ],
    ['trailer', 'trailer wrong but signed', { trailerValue: 'AAAAAA==' }, 'BadDigest', 400],
    [
      'trailer',
      'trailer renamed',
      { frame: replace('checksum-crc32:', 'checksum-crc64:') },
      'MalformedTrailerError',
      400,
    ],
    ['unsigned', 'trailer altered', { trailerValue: 'AAAAAA==' }, 'BadDigest', 400],
    ['unsigned', 'trailer of nonsense', { trailerValue: 'x' }, 'InvalidRequest', 400],
    [
      'unsigned',
      'trailer missing',
      { frame: replace(`${trailer.name}:${trailer.value}\r\n`, '') },
      'MalformedTrailerError',
      400,
    ],
    ['unsigned', 'wrong secret', { secret: 'wrong' }, 'SignatureDoesNotMatch', 403],
    [
      'signed',
      'shorter than announced',
      { headers: { 'x-amz-decoded-content-length': '25' } },
      'IncompleteBody',
      400,
    ],
    [
      'signed',
      'longer than announced',
      { headers: { 'x-amz-decoded-content-length': '23' } },
      'IncompleteBody',
      400,
    ],
    [
      'unsigned',
      'no trailer announced',
      { headers: { 'x-amz-trailer': '' } },
      'InvalidRequest',
      400,
    ],
    [
      'unsigned',
      'unknown trailer announced',
      { headers: { 'x-amz-trailer': 'x-amz-other' } },
      'InvalidRequest',
      400,
    ],
    [
      'unsigned',
      'checksum header as well',
      { headers: { 'x-amz-checksum-crc32': trailer.value } },
      'InvalidRequest',
      400,
    ],
    [
      'signed',
      'data behind the end',
      { frame: (framed: Buffer) => Buffer.concat([framed, Buffer.from('x')]) },
      'IncompleteBody',
      400,
    ],
    [
      'signed',
      'too long',
      { headers: { 'x-amz-decoded-content-length': '65537' } },
      'EntityTooLarge',
      400,
    ],
  ] as const)('%s: %s', async (mode, _, change, code, status) => {
    expect(await stream(mode, change)).toMatchObject({ code, status });
  });

  test('the decoded length has to be told', async () => {
    const request = { ...put, payloadHash: modes.signed.payloadHash };
    await expectRefusal(request, 'MissingContentLength', 411);
  });

  test('streaming is for objects only', async () => {
    const { payloadHash } = modes.signed;
    const headers = { 'x-amz-decoded-content-length': '0' };
    await expectRefusal({ method: 'GET', target, payloadHash, headers }, 'InvalidArgument', 400);
  });
});

describe('lengths', () => {
  test('more than allowed, declared', async () => {
    await expectRefusal({ ...put, body: randomBytes(maxObjectBytes + 1) }, 'EntityTooLarge', 400);
  });

  test('more than 10 GiB is refused by its declared length alone', async () => {
    await using usual = await startTestServer();
    const signed = signRequest(usual, { ...put, payloadHash: 'UNSIGNED-PAYLOAD' });
    const outgoing = http.request({
      host: '127.0.0.1',
      port: usual.port,
      method: 'PUT',
      path: target,
      headers: { ...signed.headers, 'content-length': String(10 * 1024 ** 3 + 1) },
    });
    outgoing.flushHeaders();
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      outgoing.on('response', resolve).on('error', reject);
    });
    const chunks: unknown[] = await response.take(1).toArray();
    expect(String(chunks[0])).toContain('<Code>EntityTooLarge</Code>');
    expect(await usual.storedFiles()).toEqual([]);
    outgoing.destroy();
  });

  test('more than allowed, not declared', async () => {
    const signed = signRequest(server, { ...put, payloadHash: 'UNSIGNED-PAYLOAD' });
    const before = await server.storedFiles();
    const response = await new Promise<{ status: number | undefined; text: string }>(
      (resolve, reject) => {
        const outgoing = http.request(
          {
            host: '127.0.0.1',
            port: server.port,
            method: 'PUT',
            path: target,
            headers: { ...signed.headers },
          },
          (incoming) => {
            let text = '';
            incoming.on('data', (chunk: Buffer) => (text += chunk.toString()));
            incoming.on('end', () => resolve({ status: incoming.statusCode, text }));
          },
        );
        outgoing.on('error', reject);
        for (let sent = 0; sent < maxObjectBytes * 8; sent += maxObjectBytes)
          outgoing.write(randomBytes(maxObjectBytes));
        outgoing.end();
      },
    );
    expect(response.status).toBe(400);
    expect(response.text).toContain('<Code>EntityTooLarge</Code>');
    expect(await server.storedFiles()).toEqual(before);
  });

  test('neither length nor chunks', async () => {
    const signed = signRequest(server, { ...put, payloadHash: 'UNSIGNED-PAYLOAD' });
    const headers = Object.entries(signed.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const answer = await talk(
      `PUT ${target} HTTP/1.1\r\n${headers.join('')}connection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 411 /);
    expect(answer).toContain('<Code>MissingContentLength</Code>');
  });

  test('a client that stops in the middle leaves nothing and is cut', async () => {
    const before = await server.storedFiles();
    const signed = signRequest(server, { ...put, payloadHash: 'UNSIGNED-PAYLOAD' });
    const headers = Object.entries(signed.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const answer = await talk(
      `PUT ${target} HTTP/1.1\r\n${headers.join('')}content-length: 1000\r\n\r\nhalf`,
    );
    expect(answer).toBe('');
    await expect.poll(() => server.storedFiles()).toEqual(before);
    expect(server.objects.published).toEqual([]);
  });
});

/** Sends bytes as they are and gives what comes back until the connection ends. */
function talk(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(server.port, '127.0.0.1', () => socket.write(text));
    let received = '';
    socket.on('data', (chunk: Buffer) => (received += chunk.toString()));
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });
}

describe('confinement', () => {
  const keyTarget = (path: string) => `/${bucket}/${path}`;

  test.each([
    ['another table', `${stranger.prefix}x.csv`, 'AccessDenied', 403],
    ['a table whose id begins alike', 'dcp/1/6789/x.csv', 'AccessDenied', 403],
    ['the folder itself without its slash', 'dcp/1/678', 'AccessDenied', 403],
    ['the top', 'x.csv', 'AccessDenied', 403],
    ['a parent segment', `${owner.prefix}../679/x.csv`, 'InvalidURI', 400],
    ['an encoded parent segment', `${owner.prefix}%2e%2e/679/x.csv`, 'InvalidURI', 400],
    ['a parent segment with encoded slashes', `${owner.prefix}..%2F679%2Fx.csv`, 'InvalidURI', 400],
    ['a dot segment', `${owner.prefix}./x.csv`, 'InvalidURI', 400],
    ['a NUL', `${owner.prefix}x%00.csv`, 'InvalidURI', 400],
    ['broken UTF-8', `${owner.prefix}%ff.csv`, 'InvalidURI', 400],
    ['too long', `${owner.prefix}${'x'.repeat(1015)}`, 'KeyTooLongError', 400],
    ['backslashes', 'dcp\\1\\678\\x.csv', 'AccessDenied', 403],
    ['a doubled slash at the top', '/dcp/1/678/x.csv', 'AccessDenied', 403],
    ['another letter case', 'DCP/1/678/x.csv', 'AccessDenied', 403],
  ])('%s', async (_, path, code, status) => {
    await expectRefusal({ method: 'PUT', target: keyTarget(path), body }, code, status);
  });

  test('reading, deleting and uploading in parts to another table', async () => {
    const foreign = keyTarget(`${stranger.prefix}x.csv`);
    const uploadId = '00000000-0000-4000-8000-000000000000';
    for (const [method, query] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '?uploads'],
      ['PUT', `?partNumber=1&uploadId=${uploadId}`],
      ['POST', `?uploadId=${uploadId}`],
      ['DELETE', `?uploadId=${uploadId}`],
      ['GET', `?uploadId=${uploadId}`],
    ] as const) {
      await expectRefusal({ method, target: foreign + query }, 'AccessDenied', 403);
    }
    expect((await send(server, { method: 'HEAD', target: foreign })).status).toBe(403);
  });

  test('presigned for the own key, used for another; presigned for another table', async () => {
    const presign = (path: string, time = new Date()) =>
      presignUrl({
        endpoint: server.endpoint,
        method: 'PUT',
        bucket,
        key: path,
        accessKeyId: owner.accessKeyId,
        secret: owner.secret,
        region,
        expiresSeconds: 60,
        now: time,
      });
    const codeOf = async (url: string) => {
      const response = await fetch(url, { method: 'PUT', body });
      return /<Code>(\w+)</.exec(await response.text())?.[1];
    };
    const before = await server.storedFiles();
    const own = presign(key);
    expect(await codeOf(own.replace('customers.csv', 'other.csv'))).toBe('SignatureDoesNotMatch');
    expect(await codeOf(own.replace('/678/', '/679/'))).toBe('SignatureDoesNotMatch');
    expect(await codeOf(own.replace('Expires=60', 'Expires=600'))).toBe('SignatureDoesNotMatch');
    expect(await codeOf(presign(`${stranger.prefix}x.csv`))).toBe('AccessDenied');
    expect(await codeOf(presign(key, new Date(Date.now() - 61_000)))).toBe('AccessDenied');
    expect(server.objects.published).toEqual([]);
    expect(await server.storedFiles()).toEqual(before);
    expect(await codeOf(own)).toBeUndefined();
  });

  test('copying from another table', async () => {
    const headers = { 'x-amz-copy-source': `/${bucket}/${stranger.prefix}x.csv` };
    await expectRefusal({ ...put, body: '', headers }, 'AccessDenied', 403);
  });

  test('the folders on the way down are no objects', async () => {
    for (const path of ['dcp', 'dcp/', 'dcp/1', 'dcp/1/', 'dcp/1/678']) {
      expect((await send(server, { method: 'HEAD', target: keyTarget(path) })).status).toBe(404);
      await expectRefusal({ method: 'GET', target: keyTarget(path) }, 'NoSuchKey', 404);
    }
  });

  test('folder markers and hidden files are stored like any other', async () => {
    for (const path of [owner.prefix, `${owner.prefix}exports/`, `${owner.prefix}.DS_Store`]) {
      expect((await send(server, { method: 'PUT', target: keyTarget(path) })).status).toBe(200);
    }
  });
});

describe('parts', () => {
  test.each(['0', '10001', '-1', '1.5', 'x', ''])('number %j', async (number) => {
    const created = await send(server, { method: 'POST', target: `${target}?uploads` });
    const uploadId = /<UploadId>(.*)<\/UploadId>/.exec(created.text)?.[1] ?? '';
    const part = `${target}?partNumber=${number}&uploadId=${uploadId}`;
    await expectRefusal({ method: 'PUT', target: part, body }, 'InvalidArgument', 400);
  });

  test.each(['nonsense', '00000000-0000-4000-8000-000000000000', ''])(
    'upload %j',
    async (uploadId) => {
      const part = `${target}?partNumber=1&uploadId=${uploadId}`;
      await expectRefusal({ method: 'PUT', target: part, body }, 'NoSuchUpload', 404);
    },
  );

  test('together more than an object may have', async () => {
    const created = await send(server, { method: 'POST', target: `${target}?uploads` });
    const uploadId = /<UploadId>(.*)<\/UploadId>/.exec(created.text)?.[1] ?? '';
    const part = (number: number) => `${target}?partNumber=${number}&uploadId=${uploadId}`;
    const half = randomBytes(maxObjectBytes / 2);
    const sendPart = (number: number) =>
      send(server, { method: 'PUT', target: part(number), body: half });
    expect((await sendPart(1)).status).toBe(200);
    expect((await sendPart(2)).status).toBe(200);
    expect((await sendPart(2)).status).toBe(200);
    await expectRefusal({ method: 'PUT', target: part(3), body: 'x' }, 'EntityTooLarge', 400);
  });
});

describe('everything else', () => {
  test.each([
    ['GET', `/${bucket}?versioning`, 'NotImplemented', 501],
    ['PUT', `/${bucket}?policy`, 'NotImplemented', 501],
    ['GET', `${target}?acl`, 'NotImplemented', 501],
    ['PUT', `${target}?tagging=`, 'NotImplemented', 501],
    ['DELETE', `/${bucket}`, 'NotImplemented', 501],
    ['POST', target, 'MethodNotAllowed', 405],
    ['PUT', '/', 'MethodNotAllowed', 405],
    ['PATCH', target, 'MethodNotAllowed', 405],
    ['GET', '/other-bucket', 'NoSuchBucket', 404],
    ['GET', `/${bucket}?max-keys=-1`, 'InvalidArgument', 400],
    ['GET', `/${bucket}?encoding-type=xml`, 'InvalidArgument', 400],
    ['GET', `/${bucket}?continuation-token=%21&list-type=2`, 'InvalidArgument', 400],
    ['GET', `${target}?versionId=abc`, 'NoSuchVersion', 404],
  ])('%s %s', async (method, path, code, status) => {
    await expectRefusal({ method, target: path }, code, status);
  });

  test('a document that is too long or none', async () => {
    const request = { method: 'POST', target: `/${bucket}?delete` };
    await expectRefusal({ ...request, body: 'x' }, 'MalformedXML', 400);
    await expectRefusal({ ...request, body: ' '.repeat(2 * 1024 * 1024 + 1) }, 'MalformedXML', 400);
    const bomb =
      '<!DOCTYPE x [<!ENTITY a "aaaa">]><Delete><Object><Key>&a;</Key></Object></Delete>';
    await expectRefusal({ ...request, body: bomb }, 'MalformedXML', 400);
  });

  test('a full disk', async () => {
    await using full = await startTestServer({}, { reserveBytes: Number.MAX_SAFE_INTEGER });
    expect(await send(full, put)).toMatchObject({ status: 500, code: 'InternalError' });
    expect(full.objects.published).toEqual([]);
  });
});
