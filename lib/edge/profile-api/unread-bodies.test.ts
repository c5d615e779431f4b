import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '#lib/testing/database.ts';
import { tokenHeadersFor } from '#lib/testing/requests.ts';
import { createTestAccount } from '#lib/testing/test-account.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import { listen } from '../listen.ts';
import { createProfileServer } from './server.ts';

useTestDatabase();

const options = { host: '127.0.0.1', port: 0, name: 'Test', variable: 'PROFILE_PORT' };
const ports: Record<'own' | 'shared', number> = { own: 0, shared: 0 };
const servers: Server[] = [];
let path: string;
let token: string | undefined;

beforeAll(async () => {
  const { accountId, serviceId, editor } = await createTestAccount();
  const table = await createTestTable(editor);
  token = (await tokenHeadersFor(accountId, 'editor'))['token'];
  path = `/${serviceId}/${table.id}`;
  const logger = pino({ level: 'silent' });
  const checkHealth = () => Promise.resolve();
  const app = createProfileServer({ logger, checkHealth, requestTimeoutMs: 200 });
  await app.ready();
  // As the web role serves it beside the dashboard.
  const shared = createServer((request, response) => {
    app.routing(request, response);
  });
  servers.push(app.server, shared);
  ports.own = await listen(app.server, options);
  ports.shared = await listen(shared, options);
});

afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

/** Sends a head that announces a body, and of the body only what is given. */
function begin(port: number, head: readonly string[], body = ''): Socket {
  const socket = connect(port, '127.0.0.1');
  const lines = [
    ...head,
    'Host: dcp.test',
    'Content-Type: application/json',
    'Content-Length: 999',
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  return socket;
}

async function statusOf(socket: Socket): Promise<string> {
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return answer.toString('latin1').split(' ')[1] ?? '';
}

const targets = [
  ['POST', '/api/customer_profile{}/c1'],
  ['DELETE', '/api/customer_profile{}/c1'],
  ['POST', '/api/customer_profiles{}'],
  ['POST', '/api/customer_profiles{}/lookup'],
  ['POST', '/api/alias{}/c1'],
] as const;

test.each(['own', 'shared'] as const)(
  'on its %s port nothing is read of the body of a stranger, who is answered without it',
  async (name) => {
    for (const [method, target] of targets) {
      const request = `${method} ${target.replace('{}', path)} HTTP/1.1`;
      expect(await statusOf(begin(ports[name], [request]))).toBe('401');
      expect(await statusOf(begin(ports[name], [request, 'Token: made-up']))).toBe('403');
    }
    const nowhere = ['POST /api/nothing HTTP/1.1', `Token: ${token}`];
    expect(await statusOf(begin(ports[name], nowhere))).toBe('404');
  },
);

test('a stranger who sends on gets the answer, and the next request on the connection its own', async () => {
  const socket = begin(
    ports.own,
    [`POST /api/customer_profile${path}/c1 HTTP/1.1`],
    ' '.repeat(999),
  );
  socket.write('GET /api/health HTTP/1.1\r\nHost: dcp.test\r\nConnection: close\r\n\r\n');
  expect((await text(socket)).match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 401', 'HTTP/1.1 200']);
});

test('a body that does not come to its end is not waited for', async () => {
  const head = [`POST /api/customer_profile${path}/c1 HTTP/1.1`, `Token: ${token}`];
  expect(await statusOf(begin(ports.own, head, '{"data":{'))).toBe('408');
});
