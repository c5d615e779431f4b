import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount } from '#lib/testing/test-account.ts';
import { useTestNode } from '#lib/testing/test-node.ts';

useTestDatabase();
const node = useTestNode({ hasWorker: false });
beforeAll(() => createTestAccount());

async function ask(method: string, headers: Record<string, string>, query = '') {
  const url = `${node.s3Url()}/optimizely-import/dcp/1/2/a.csv${query}`;
  const sent = request(url, { method, headers }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  const given = (name: string) => answer.headers[`access-control-${name}`] ?? null;
  return {
    status: answer.statusCode,
    origin: given('allow-origin'),
    methods: given('allow-methods'),
    exposed: given('expose-headers'),
    credentials: given('allow-credentials'),
  };
}

function preflight(host: string, origin: string, method = 'PUT') {
  return ask('OPTIONS', {
    host,
    origin,
    'access-control-request-method': method,
    'access-control-request-headers': 'x-amz-meta-opendcp-user,content-type',
  });
}

test.each([
  ['127.0.0.1:9000', 'http://127.0.0.1:3000', true],
  ['127.0.0.1:9000', 'http://localhost:3000', true],
  ['dcp.lan:9000', 'http://dcp.lan:3000', true],
  ['192.168.1.5:9000', 'http://192.168.1.5:3000', true],
  ['192.168.1.5:9000', 'http://192.168.1.6:3000', false],
  ['dcp.lan:9000', 'http://dcp.lan:4000', false],
  ['dcp.lan:9000', 'https://evil.example.com', false],
  ['dcp.lan:9000', 'null', false],
])('a page that calls %s from %s: %s', async (host, origin, isAllowed) => {
  expect(await preflight(host, origin)).toMatchObject(
    isAllowed ? { status: 200, origin } : { status: 403, origin: null, methods: null },
  );
});

const ours = 'http://127.0.0.1:3000';
const foreign = 'https://evil.example.com';

test.each(['PUT', 'POST', 'GET', 'DELETE'])(
  '%s is allowed, as a multipart upload needs',
  async (method) => {
    const answer = await preflight('127.0.0.1:9000', ours, method);
    expect(answer.methods).toContain(method);
    expect(answer.credentials).toBeNull();
  },
);

test.each(['PUT', 'POST', 'GET', 'DELETE'])(
  'the answer to a %s can be read by the dashboard, its ETag too, and by nobody else',
  async (method) => {
    const query = '?uploadId=x&partNumber=1';
    const own = await ask(method, { origin: ours }, query);
    expect(own).toMatchObject({ status: 403, origin: ours });
    expect(own.exposed).toContain('ETag');
    expect(await ask(method, { origin: foreign }, query)).toEqual({
      status: 403,
      origin: null,
      methods: null,
      exposed: null,
      credentials: null,
    });
  },
);
