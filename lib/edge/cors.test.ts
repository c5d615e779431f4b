import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount } from '#lib/testing/test-account.ts';
import { useTestNode } from '#lib/testing/test-node.ts';

useTestDatabase();
const node = useTestNode({ hasWorker: false });
beforeAll(() => createTestAccount());

async function preflight(host: string, origin: string) {
  const sent = request(`${node.s3Url()}/optimizely-import/dcp/1/2/a.csv`, {
    method: 'OPTIONS',
    headers: {
      host,
      origin,
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'x-amz-meta-opendcp-user,content-type',
    },
  }).end();
  const [{ statusCode, headers }] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: statusCode, allowed: headers['access-control-allow-origin'] ?? null };
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
  const answer = await preflight(host, origin);
  expect(answer).toEqual(
    isAllowed ? { status: 200, allowed: origin } : { status: 403, allowed: null },
  );
});
