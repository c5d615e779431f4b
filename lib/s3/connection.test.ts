import http from 'node:http';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presignUrl } from './signature/presign-url.ts';
import { send, signRequest, type RawRequest } from './testing/raw-client.ts';
import { storedBytes } from './testing/stored-bytes.ts';
import { bucket, owner, region, startTestServer, type TestServer } from './testing/test-server.ts';

const key = `${owner.prefix}customers.csv`;
const target = `/${bucket}/${key}`;
const body = 'customerId,plan\nc1,gold\n';
const put: RawRequest = { method: 'PUT', target, body };
const dashboard = 'https://dcp.example.com';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({
    allowedOrigins: [dashboard],
    virtualHostDomains: ['s3.example.com'],
    publicHosts: ['public.example.com'],
  });
});

afterAll(() => server[Symbol.asyncDispose]());

describe('Expect: 100-continue', () => {
  /** What a waiting client sees: whether it was asked to go on, and the answer. */
  function ask(
    request: RawRequest,
  ): Promise<{ continued: boolean; status: number; close: boolean }> {
    const signed = signRequest(server, request);
    return new Promise((resolve, reject) => {
      let continued = false;
      const headers = {
        ...signed.headers,
        expect: '100-Continue',
        'content-length': String(body.length),
      };
      const outgoing = http.request(
        {
          host: '127.0.0.1',
          port: server.port,
          method: 'PUT',
          path: request.target,
          headers,
          agent: false,
        },
        (response) => {
          response.resume();
          response.on('end', () => {
            outgoing.destroy();
            const close = response.headers.connection === 'close';
            resolve({ continued, status: response.statusCode ?? 0, close });
          });
        },
      );
      outgoing.on('continue', () => {
        continued = true;
        outgoing.end(body);
      });
      outgoing.on('error', reject);
      outgoing.flushHeaders();
    });
  }

  test('the body is asked for once the client is known', async () => {
    const answer = await ask(put);
    expect(answer).toMatchObject({ continued: true, status: 200 });
    expect((await storedBytes(server, key))?.toString()).toBe(body);
  });

  test.each([
    ['a wrong signature', { ...put, secret: 'wrong' }],
    ['another table', { ...put, target: `/${bucket}/dcp/1/679/x.csv` }],
  ])('%s is refused before a byte of the body', async (_, request) => {
    expect(await ask(request)).toEqual({ continued: false, status: 403, close: true });
  });

  test('an upload that is gone is refused before a byte of its part', async () => {
    const query = '?partNumber=1&uploadId=00000000-0000-4000-8000-000000000000';
    const answer = await ask({ ...put, target: target + query });
    expect(answer).toEqual({ continued: false, status: 404, close: true });
  });

  test('a condition that does not hold is refused before a byte of the body', async () => {
    await send(server, put);
    const answer = await ask({ ...put, headers: { 'if-none-match': '*' } });
    expect(answer).toEqual({ continued: false, status: 412, close: true });
  });
});

describe('answers before the body is over', () => {
  test('a client that sends its body to the end all the same is not reset', async () => {
    const length = 3 * 1024 * 1024;
    const { headers } = signRequest(server, { ...put, secret: 'wrong' });
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const head = `PUT ${target} HTTP/1.1\r\n${lines.join('')}content-length: ${length}\r\n\r\n`;
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = net.connect(server.port, '127.0.0.1');
      socket.on('error', reject);
      socket.on('close', () => resolve(text));
      socket.write(head);
      socket.once('data', () => socket.write(Buffer.alloc(length)));
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    });
    expect(answer).toMatch(/^HTTP\/1.1 403 /);
    expect(answer.toLowerCase()).toContain('connection: close');
    expect(answer).toContain('<Code>SignatureDoesNotMatch</Code>');
  });

  test('a client that never stops is cut', async () => {
    const signed = signRequest(server, { ...put, secret: 'wrong' });
    const outgoing = http.request({
      host: '127.0.0.1',
      port: server.port,
      method: 'PUT',
      path: target,
      headers: { ...signed.headers },
    });
    const chunk = Buffer.alloc(1024 * 1024);
    let sent = 0;
    const pump = () => {
      sent += chunk.length;
      if (!outgoing.destroyed) outgoing.write(chunk, () => pump());
    };
    pump();
    await new Promise((resolve) => outgoing.on('close', resolve).on('error', () => undefined));
    expect(sent).toBeLessThan(64 * chunk.length);
  });

  test('a connection serves on after an error that came behind the whole body', async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const sockets = new Set<unknown>();
    const once = (request: RawRequest) =>
      new Promise<number>((resolve, reject) => {
        const { headers } = signRequest(server, request);
        const length = { 'content-length': String(body.length) };
        const outgoing = http.request(
          {
            host: '127.0.0.1',
            port: server.port,
            method: 'PUT',
            path: target,
            headers: { ...headers, ...length },
            agent,
          },
          (response) => {
            response.resume();
            response.on('end', () => resolve(response.statusCode ?? 0));
          },
        );
        outgoing.on('socket', (socket) => sockets.add(socket));
        outgoing.on('error', reject);
        outgoing.end(body);
      });
    expect(await once({ ...put, headers: { 'content-md5': '1B2M2Y8AsgTpgAmY7PhCfg==' } })).toBe(
      400,
    );
    expect(await once(put)).toBe(200);
    expect(sockets.size).toBe(1);
    agent.destroy();
  });
});

describe('pages of the dashboard', () => {
  const url = () =>
    presignUrl({
      endpoint: server.endpoint,
      method: 'PUT',
      bucket,
      key,
      accessKeyId: owner.accessKeyId,
      secret: owner.secret,
      region,
      expiresSeconds: 60,
      headers: { 'x-amz-meta-user': 'Zoë' },
    });
  const ask = (origin: string | undefined, method = 'PUT') =>
    fetch(url(), {
      method: 'OPTIONS',
      headers: {
        ...(origin ? { origin } : {}),
        'access-control-request-method': method,
        'access-control-request-headers': 'content-type,x-amz-meta-user',
      },
    });

  test('may ask without a signature, and put with a presigned one', async () => {
    const preflight = await ask(dashboard);
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(dashboard);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(preflight.headers.get('access-control-allow-headers')).toBe(
      'content-type,x-amz-meta-user',
    );
    expect(preflight.headers.get('vary')).toContain('Origin');

    const headers = { origin: dashboard, 'x-amz-meta-user': Buffer.from('Zoë').toString('latin1') };
    const response = await fetch(url(), { method: 'PUT', body, headers });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe(dashboard);
    expect(response.headers.get('access-control-expose-headers')).toContain('ETag');
    expect((await server.objects.get(key))?.metadata).toEqual({ user: 'Zoë' });
  });

  test('get to read errors too', async () => {
    const response = await fetch(url(), { method: 'PUT', body, headers: { origin: dashboard } });
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBe(dashboard);
  });

  test.each([
    ['https://evil.example.com', 403],
    ['null', 403],
    [undefined, 400],
  ])('of the origin %s may not', async (origin, status) => {
    const preflight = await ask(origin);
    expect(preflight.status).toBe(status);
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });
});

test('pages on the sibling port of the same host may call, and no others', async () => {
  await using sibling = await startTestServer({ siblingPort: 3000 });
  const preflight = async (origin: string) => {
    const headers = { origin, 'access-control-request-method': 'PUT' };
    return (await fetch(`${sibling.endpoint}${target}`, { method: 'OPTIONS', headers })).status;
  };
  expect(await preflight('http://127.0.0.1:3000')).toBe(200);
  expect(await preflight('http://127.0.0.1:3001')).toBe(403);
  expect(await preflight('http://localhost:3000')).toBe(403);
  expect(await preflight('http://127.0.0.1.example.com:3000')).toBe(403);
});

describe('addresses', () => {
  test('the bucket as a host name below a configured domain', async () => {
    const host = `${bucket}.s3.example.com:9000`;
    const request = { method: 'PUT', target: `/${key}`, body: 'virtual', headers: { host } };
    expect((await send(server, request)).status).toBe(200);
    expect((await storedBytes(server, key))?.toString()).toBe('virtual');
    const listing = {
      method: 'GET',
      target: `/?list-type=2&prefix=${owner.prefix.replaceAll('/', '%2F')}`,
      headers: { host },
    };
    expect((await send(server, listing)).text).toContain(`<Key>${key}</Key>`);
  });

  test('a trailing slash behind the bucket', async () => {
    const response = await send(server, { method: 'GET', target: `/${bucket}/?location` });
    expect(response.text).toContain('<LocationConstraint');
  });

  test('a host that a proxy rewrote', async () => {
    const headers = { host: 'public.example.com' };
    const altered = { headers: { host: 'internal:9000' } };
    expect((await send(server, { ...put, headers, altered })).status).toBe(200);
  });
});

test('broken HTTP does not bring the server down', async () => {
  const answer = await new Promise<string>((resolve) => {
    const socket = net.connect(server.port, '127.0.0.1', () => socket.write('nonsense\r\n\r\n'));
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('close', () => resolve(text));
  });
  expect(answer).toMatch(/^HTTP\/1.1 400 /);
  expect((await send(server, put)).status).toBe(200);
});
