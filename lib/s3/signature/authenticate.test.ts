import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { AwsV4Signer } from 'aws4fetch';
import { describe, expect, test } from 'vitest';
import { RequestHeaders } from '../request-headers.ts';
import { parseRequestTarget } from '../request-target.ts';
import { MemoryCredentials } from '../testing/memory-credentials.ts';
import { owner } from '../testing/test-server.ts';
import { authenticate } from './authenticate.ts';
import { presignUrl } from './presign-url.ts';

const now = new Date('2026-11-23T12:00:00Z');
const host = 's3.example.com:9000';
const endpoint = `http://${host}`;
const credentials = new MemoryCredentials([
  owner,
  { ...owner, accessKeyId: 'REVOKED', active: false },
]);
const { accessKeyId, secret: secretAccessKey } = owner;

interface Sent {
  readonly method?: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly at?: Date;
  readonly publicHosts?: readonly string[];
}

/** What the endpoint makes of a request: the code of its refusal, or the key's id. */
async function judge({ method = 'GET', url, headers, at = now, publicHosts = [] }: Sent) {
  const target = parseRequestTarget(url);
  if (!target.ok) return target.error.code;
  const result = await authenticate({
    request: {
      method,
      target: target.value,
      headers: new RequestHeaders(Object.entries(headers).flat()),
      publicHosts,
    },
    credentials,
    now: at,
  });
  return result.ok ? result.value.credential.accessKeyId : result.error.code;
}

type SourceData = string | ArrayBuffer | ArrayBufferView;

function toBytes(data: SourceData): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

/** The digest interface that the AWS signer asks for. */
class Sha256 {
  readonly #hash;
  constructor(secret?: SourceData) {
    this.#hash =
      secret === undefined ? createHash('sha256') : createHmac('sha256', toBytes(secret));
  }
  update(data: SourceData): void {
    this.#hash.update(toBytes(data));
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }
  reset(): void {
    throw new Error('not used');
  }
}

const smithy = new SignatureV4({
  service: 's3',
  region: 'eu-central-1',
  credentials: { accessKeyId, secretAccessKey },
  sha256: Sha256,
  uriEscapePath: false,
});

const keys = [
  'plain.csv',
  'a b+c%25&d=e.csv',
  'ünï/码/😀.csv',
  "it's (1)!*.csv",
  'double//slash.csv',
  'tilde~.csv',
];

describe.each(keys)('key %s', (key) => {
  const path = `/bucket/${key.split('/').map(encodeRfc3986).join('/')}`;

  test('signed in headers by the AWS SDK', async () => {
    const signed = await smithy.sign(
      {
        method: 'PUT',
        protocol: 'http:',
        hostname: host,
        path,
        query: { 'x-id': 'PutObject', empty: '', 'sp ace': 'pl+us' },
        headers: {
          host,
          'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
          'x-amz-meta-note': '  two   spaces ',
          'content-type': 'text/csv',
        },
      },
      { signingDate: now },
    );
    const url = `${path}?sp%20ace=pl%2Bus&empty&x-id=PutObject`;
    expect(await judge({ method: 'PUT', url, headers: signed.headers })).toBe(accessKeyId);
  });

  test('presigned by the AWS SDK', async () => {
    const headers = { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    const signed = await smithy.presign(
      { method: 'GET', protocol: 'http:', hostname: host, path, headers },
      { signingDate: now, expiresIn: 60 },
    );
    const query = Object.entries(signed.query ?? {})
      .map(([name, value]) => `${encodeRfc3986(name)}=${encodeRfc3986(String(value))}`)
      .join('&');
    expect(await judge({ url: `${path}?${query}`, headers: { host } })).toBe(accessKeyId);
  });

  test('presigned by us, understood by us and equal to aws4fetch', async () => {
    const url = presignUrl({
      endpoint,
      method: 'PUT',
      bucket: 'bucket',
      key,
      accessKeyId,
      secret: secretAccessKey,
      region: 'us-east-1',
      expiresSeconds: 900,
      query: { partNumber: '2', uploadId: 'a/b' },
      now,
    });
    expect(await judge({ method: 'PUT', url: url.slice(endpoint.length), headers: { host } })).toBe(
      accessKeyId,
    );
    const theirs = await new AwsV4Signer({
      method: 'PUT',
      url: `${endpoint}${path}?partNumber=2&uploadId=a%2Fb&X-Amz-Expires=900`,
      accessKeyId,
      secretAccessKey,
      service: 's3',
      region: 'us-east-1',
      datetime: '20261123T120000Z',
      signQuery: true,
    }).sign();
    expect(new URL(url).searchParams.get('X-Amz-Signature')).toBe(
      theirs.url.searchParams.get('X-Amz-Signature'),
    );
  });
});

function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

async function signedHeaders(changes: Readonly<Record<string, string>> = {}, date = now) {
  const headers = { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', ...changes };
  const request = { method: 'GET', protocol: 'http:', hostname: host, path: '/bucket/k', headers };
  return (await smithy.sign(request, { signingDate: date })).headers;
}

function presigned(expiresSeconds = 60, headers: Readonly<Record<string, string>> = {}) {
  return presignUrl({
    endpoint,
    method: 'GET',
    bucket: 'bucket',
    key: 'k',
    accessKeyId,
    secret: secretAccessKey,
    region: 'us-east-1',
    expiresSeconds,
    headers,
    now,
  }).slice(endpoint.length);
}

const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

describe('time', () => {
  test.each([
    [14.9, accessKeyId],
    [-14.9, accessKeyId],
    [15.1, 'RequestTimeTooSkewed'],
    [-15.1, 'RequestTimeTooSkewed'],
  ])('a request signed %d minutes ago', async (age, expected) => {
    const headers = await signedHeaders();
    expect(await judge({ url: '/bucket/k', headers, at: minutes(age) })).toBe(expected);
  });

  test.each([
    [1, accessKeyId],
    [1.1, 'AccessDenied'],
    [-14.9, accessKeyId],
    [-15.1, 'AccessDenied'],
  ])('a URL good for a minute, %d minutes after', async (age, expected) => {
    expect(await judge({ url: presigned(60), headers: { host }, at: minutes(age) })).toBe(expected);
  });

  test.each([0, 604_801, 1.5])('a URL good for %d seconds is refused', async (expiresSeconds) => {
    expect(await judge({ url: presigned(expiresSeconds), headers: { host } })).toBe(
      'AuthorizationQueryParametersError',
    );
  });
});

describe('what is signed', () => {
  test('an x-amz header that is not signed is refused', async () => {
    const headers = { ...(await signedHeaders()), 'x-amz-meta-added': 'x' };
    expect(await judge({ url: '/bucket/k', headers })).toBe('AccessDenied');
    const added = { host, 'x-amz-acl': 'public-read' };
    expect(await judge({ url: presigned(), headers: added })).toBe('AccessDenied');
  });

  test('host has to be signed', async () => {
    const headers = await signedHeaders();
    const without = {
      ...headers,
      authorization: headers['authorization']?.replace('host;', '') ?? '',
    };
    expect(await judge({ url: '/bucket/k', headers: without })).toBe('AccessDenied');
  });

  test('altered path, query, method, header, host', async () => {
    const headers = await signedHeaders({ 'x-amz-meta-note': 'a' });
    const refused = 'SignatureDoesNotMatch';
    expect(await judge({ url: '/bucket/k', headers })).toBe(accessKeyId);
    expect(await judge({ url: '/bucket/K', headers })).toBe(refused);
    expect(await judge({ url: '/bucket/k?acl', headers })).toBe(refused);
    expect(await judge({ url: '/bucket/k', headers, method: 'PUT' })).toBe(refused);
    const note = { ...headers, 'x-amz-meta-note': 'b' };
    expect(await judge({ url: '/bucket/k', headers: note })).toBe(refused);
    const elsewhere = { ...headers, host: 'internal:9000' };
    expect(await judge({ url: '/bucket/k', headers: elsewhere })).toBe(refused);
  });

  test('a host that a proxy rewrote is found among the public ones', async () => {
    const headers = { ...(await signedHeaders()), host: 'internal:9000' };
    const publicHosts = ['other.example.com', host];
    expect(await judge({ url: '/bucket/k', headers, publicHosts })).toBe(accessKeyId);
  });

  test('headers that a presigned URL asks for', async () => {
    const url = presigned(60, { 'x-amz-meta-user': 'Zoë' });
    const meta = Buffer.from('Zoë').toString('latin1');
    expect(await judge({ url, headers: { host, 'x-amz-meta-user': meta } })).toBe(accessKeyId);
    expect(await judge({ url, headers: { host, 'x-amz-meta-user': 'Eve' } })).toBe(
      'SignatureDoesNotMatch',
    );
    expect(await judge({ url, headers: { host } })).toBe('SignatureDoesNotMatch');
  });
});

describe('spelling', () => {
  test('without blanks behind the commas', async () => {
    const headers = await signedHeaders();
    const authorization = headers['authorization']?.replaceAll(', ', ',') ?? '';
    expect(await judge({ url: '/bucket/k', headers: { ...headers, authorization } })).toBe(
      accessKeyId,
    );
  });

  const payload = 'UNSIGNED-PAYLOAD';

  /** The Authorization header of a client that wrote its canonical request down in this way. */
  function authorize(request: { path?: string; query?: string; headers: Record<string, string> }) {
    const { path = '/bucket/k', query = '', headers } = request;
    const scope = '20261123/us-east-1/s3/aws4_request';
    const all = { ...headers, host, 'x-amz-content-sha256': payload };
    const lines = Object.entries(all).sort(([left], [right]) => (left < right ? -1 : 1));
    const names = lines.map(([name]) => name).join(';');
    const signed = lines.map(([name, value]) => `${name}:${value}\n`).join('');
    const canonical = ['GET', path, query, signed, names, payload].join('\n');
    const hash = createHash('sha256').update(canonical).digest('hex');
    const key = ['20261123', 'us-east-1', 's3', 'aws4_request'].reduce<Buffer>(
      (signing, text) => createHmac('sha256', signing).update(text).digest(),
      Buffer.from(`AWS4${secretAccessKey}`),
    );
    const signature = createHmac('sha256', key)
      .update(`AWS4-HMAC-SHA256\n20261123T120000Z\n${scope}\n${hash}`)
      .digest('hex');
    return `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  }

  const date = { 'x-amz-date': '20261123T120000Z' };
  const sent = { host, ...date, 'x-amz-content-sha256': payload };

  test('a plain Date header in place of x-amz-date', async () => {
    const time = { date: now.toUTCString() };
    const authorization = authorize({ headers: time });
    const headers = { host, ...time, 'x-amz-content-sha256': payload, authorization };
    expect(await judge({ url: '/bucket/k', headers })).toBe(accessKeyId);
  });

  test('the address of a server in front of the path', async () => {
    const headers = await signedHeaders();
    expect(await judge({ url: 'http://proxy.example.com/bucket/k', headers })).toBe(accessKeyId);
  });

  test.each([
    ['as sent', "/bucket/it's(1)+!*.csv", "/bucket/it's(1)+!*.csv"],
    ['as sent, where more is encoded than need be', '/bucket/%6b%7E', '/bucket/%6b%7E'],
    ['encoded anew', "/bucket/it's(1)+!*.csv", '/bucket/it%27s%281%29%2B%21%2A.csv'],
    ['encoded anew, in capitals', '/bucket/%e2%82%ac%7e', '/bucket/%E2%82%AC~'],
    ['with its slashes', '/bucket//a/./b%2Fc', '/bucket//a/./b%2Fc'],
  ])('a path that was signed %s', async (_, url, path) => {
    const authorization = authorize({ path, headers: date });
    expect(await judge({ url, headers: { ...sent, authorization } })).toBe(accessKeyId);
  });

  test.each([
    ['prefix=a+b', 'prefix=a%20b'],
    ['prefix=a%2Bb', 'prefix=a%2Bb'],
    ['uploads', 'uploads='],
    ['b=2&a=3&b=10&a-b=1', 'a=3&a-b=1&b=10&b=2'],
    ["k=it's(1)~", 'k=it%27s%281%29~'],
  ])('the query %s', async (query, canonical) => {
    const authorization = authorize({ query: canonical, headers: date });
    const headers = { ...sent, authorization };
    expect(await judge({ url: `/bucket/k?${query}`, headers })).toBe(accessKeyId);
  });

  test('a header of several lines, and of many blanks', async () => {
    const note = { 'x-amz-meta-note': 'one,two,three four' };
    const authorization = authorize({ headers: { ...date, ...note } });
    const raw = Object.entries({ ...sent, authorization }).flat();
    for (const value of ['one', ' two ', 'three    four']) raw.push('X-Amz-Meta-Note', value);
    const target = parseRequestTarget('/bucket/k');
    const request = { method: 'GET', headers: new RequestHeaders(raw), publicHosts: [] };
    if (!target.ok) throw target.error;
    const signed = { ...request, target: target.value };
    expect((await authenticate({ request: signed, credentials, now })).ok).toBe(true);
  });

  test.each([
    ['transfer-encoding', 'chunked'],
    ['content-length', '5'],
    ['expect', '100-continue'],
    ['accept-encoding', 'identity'],
  ])('%s among what is signed', async (name, value) => {
    const own = { [name]: value };
    const authorization = authorize({ headers: { ...date, ...own } });
    const headers = { ...sent, ...own, authorization };
    expect(await judge({ url: '/bucket/k', headers })).toBe(accessKeyId);
    const other = { ...headers, [name]: 'other' };
    expect(await judge({ url: '/bucket/k', headers: other })).toBe('SignatureDoesNotMatch');
  });
});

describe('refusals', () => {
  const header = (authorization: string) => ({
    host,
    'x-amz-date': '20261123T120000Z',
    authorization,
  });
  const good = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261123/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`;

  test.each([
    ['no signature', {}, 'AccessDenied'],
    ['a bearer token', header('Bearer abc'), 'InvalidArgument'],
    ['version 2', header(`AWS ${accessKeyId}:c2ln`), 'InvalidRequest'],
    ['version 4A', header(good.replace('HMAC-SHA256', 'ECDSA-P256-SHA256')), 'InvalidRequest'],
    ['no x-amz-content-sha256', header(good), 'InvalidRequest'],
    ['another service', header(good.replace('/s3/', '/ec2/')), 'AuthorizationHeaderMalformed'],
    [
      'another terminator',
      header(good.replace('aws4_request', 'aws5_request')),
      'AuthorizationHeaderMalformed',
    ],
    ['another day', header(good.replace('20261123/', '20261122/')), 'AuthorizationHeaderMalformed'],
    ['no signature value', header(good.slice(0, -64)), 'AuthorizationHeaderMalformed'],
    ['a short signature', header(good.slice(0, -1)), 'AuthorizationHeaderMalformed'],
    ['no date', { host, authorization: good }, 'AccessDenied'],
    ['an impossible date', { ...header(good), 'x-amz-date': '20261131T120000Z' }, 'AccessDenied'],
    ['a session token', { ...header(good), 'x-amz-security-token': 't' }, 'InvalidToken'],
  ])('%s', async (_, headers, code) => {
    expect(await judge({ url: '/bucket/k', headers: { host, ...headers } })).toBe(code);
  });

  test('version 2 in the query', async () => {
    const url = '/bucket/k?AWSAccessKeyId=A&Signature=B&Expires=1';
    expect(await judge({ url, headers: { host } })).toBe('InvalidRequest');
  });

  test('two signatures at once; an unrelated token beside one is no matter', async () => {
    const headers = { host, ...(await signedHeaders()) };
    expect(await judge({ url: presigned(), headers })).toBe('InvalidArgument');
    const bearer = { host, authorization: 'Bearer abc' };
    expect(await judge({ url: presigned(), headers: bearer })).toBe(accessKeyId);
  });

  test('an unknown key and a revoked one look the same', async () => {
    for (const other of ['NOBODY', 'REVOKED']) {
      const headers = await signedHeaders();
      const authorization = headers['authorization']?.replace(accessKeyId, other) ?? '';
      expect(await judge({ url: '/bucket/k', headers: { ...headers, authorization } })).toBe(
        'InvalidAccessKeyId',
      );
    }
  });

  test.each(['/bucket/%zz', '/bucket/%ff', '/bucket/k?a=%E0%A4', '*'])(
    'the target %s',
    async (url) => {
      expect(await judge({ url, headers: { host } })).toBe('InvalidURI');
    },
  );
});
