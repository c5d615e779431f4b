import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useRestServer } from '../../testing/rest-server.ts';
import { errorResponse } from '#lib/contracts/common.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { tokenHeadersFor } from '#lib/testing/requests.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';

process.env['LOG_LEVEL'] = 'silent';
process.env['TOKEN_REQUESTS_PER_MINUTE'] = '5';
useTestDatabase();
const server = useRestServer();

/** A line to the database that can be cut. */
class Line {
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => {
    const [there, back] = [connect(this.#target, '127.0.0.1'), socket];
    for (const [from, to] of [
      [there, back],
      [back, there],
    ] as const) {
      this.#sockets.add(from);
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
      from.pipe(to);
    }
  });
  readonly #target: number;
  #port = 0;

  constructor(target: number) {
    this.#target = target;
  }

  async mend(): Promise<number> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (typeof address === 'object') this.#port = address?.port ?? 0;
    return this.#port;
  }

  async cut(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

let line: Line;
let ours: TestAccount;
let paths: readonly string[];

beforeAll(async () => {
  const url = new URL(process.env['DATABASE_URL'] ?? '');
  line = new Line(Number(url.port));
  url.port = String(await line.mend());
  url.hostname = '127.0.0.1';
  process.env['DATABASE_URL'] = url.href;
  ours = await createTestAccount('Ours');
  paths = ['/experiment/v1/dcp_services', `/api/customer_profile/${ours.serviceId}/1/c1`];
});

afterAll(() => line.cut());

async function get(path: string, headers: Readonly<Record<string, string>>) {
  const response = await fetch(`${server()}${path}`, { headers });
  const retryAfter = Number(response.headers.get('retry-after'));
  return { status: response.status, retryAfter, text: await response.text() };
}

test('a token that asks too often is told how long to wait, by both APIs', async () => {
  for (const path of paths) {
    const headers = await tokenHeadersFor(ours.accountId, 'viewer');
    for (let call = 0; call < 5; call++) expect((await get(path, headers)).status).not.toBe(429);
    const refused = await get(path, headers);
    expect(refused.status).toBe(429);
    expect(refused.retryAfter).toBeGreaterThan(0);
    expect(errorResponse.parse(JSON.parse(refused.text)).code).toBe('rate-limited');
  }
});

test('while the database is away both APIs ask to come back, and say nothing of it', async () => {
  const headers = await tokenHeadersFor(ours.accountId, 'viewer');
  await line.cut();
  for (const path of paths) {
    const refused = await get(path, headers);
    expect(refused).toMatchObject({ status: 503, retryAfter: 60 });
    expect(errorResponse.parse(JSON.parse(refused.text)).code).toBe('unavailable');
    expect(refused.text).not.toMatch(/ECONN|prisma|postgres/i);
  }
  await line.mend();
  expect((await get(paths[0] ?? '', headers)).status).toBe(200);
});
