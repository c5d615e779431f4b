import net from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send, signRequest, type RawRequest } from './testing/raw-client.ts';
import { storedBytes } from './testing/stored-bytes.ts';
import {
  bucket,
  owner,
  startTestServer,
  stranger,
  type TestServer,
} from './testing/test-server.ts';

const key = `${owner.prefix}customers.csv`;
const put: RawRequest = { method: 'PUT', target: `/${bucket}/${key}` };
const body = Buffer.alloc(5 * 1024 * 1024, 'customerId,plan\n');

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ idleTimeoutMs: 3_000 });
});

afterAll(() => server[Symbol.asyncDispose]());

interface Dribbler {
  readonly connected: Promise<void>;
  /** What was answered until the connection was cut. */
  readonly cut: Promise<string>;
}

/** A client that sends a beginning and then a byte a second, for ever. */
function dribble(beginning: string): Dribbler {
  const socket = net.connect(server.port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  // A reset is as good as an end.
  socket.on('error', () => undefined);
  const connected = new Promise<void>((resolve) => socket.once('connect', resolve));
  socket.write(beginning);
  const timer = setInterval(() => socket.write('x'), 1000);
  const cut = new Promise<string>((resolve) => {
    socket.once('close', () => {
      clearInterval(timer);
      resolve(answer);
    });
  });
  return { connected, cut };
}

/** Everything up to the body of an upload of a megabyte. */
function headOf(request: RawRequest): string {
  const { headers } = signRequest(server, { ...request, payloadHash: 'UNSIGNED-PAYLOAD' });
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `PUT ${request.target} HTTP/1.1\r\n${lines.join('')}content-length: 1000000\r\n\r\n`;
}

test('2,000 connections that dribble a byte a second are cut and stop nobody', async () => {
  const { accessKeyId, secret, prefix } = stranger;
  const known = headOf({ ...put, target: `/${bucket}/${prefix}x.csv`, accessKeyId, secret });
  const beginnings = [
    'PUT / HTTP/1.1\r\nhost: x\r\nx-long: ',
    known,
    headOf({ ...put, secret: 'wrong' }),
  ];
  const dribblers = Array.from({ length: 2_000 }, (_, index) =>
    dribble(beginnings[index % beginnings.length] ?? ''),
  );
  await Promise.all(dribblers.map(({ connected }) => connected));

  expect((await send(server, { ...put, body })).status).toBe(200);
  expect((await storedBytes(server, key))?.equals(body)).toBe(true);

  const answers = await Promise.all(dribblers.map(({ cut }) => cut));
  const codes = new Set(answers.map((answer) => /<Code>(\w+)</.exec(answer)?.[1] ?? ''));
  expect(codes).toContain('RequestTimeout');
  expect(codes).toContain('SlowDown');
  expect(codes).toContain('SignatureDoesNotMatch');
  await expect.poll(() => server.storedFiles()).toHaveLength(1);
  expect(server.objects.published.map((object) => object.key)).toEqual([key]);
  expect(server.faults).toEqual([]);
});

test('a slow client that makes some progress may take its time', async () => {
  await using patient = await startTestServer({ idleTimeoutMs: 1_000, minBytesPerSecond: 2 });
  const { headers } = signRequest(patient, { ...put, payloadHash: 'UNSIGNED-PAYLOAD' });
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const socket = net.connect(patient.port, '127.0.0.1');
  const answer = new Promise<string>((resolve) => {
    socket.once('data', (chunk: Buffer) => resolve(chunk.toString()));
  });
  socket.write(`PUT ${put.target} HTTP/1.1\r\n${lines.join('')}content-length: 30\r\n\r\n`);
  let sent = 0;
  const timer = setInterval(() => {
    socket.write('x');
    sent += 1;
    if (sent === 30) clearInterval(timer);
  }, 100);
  expect(await answer).toMatch(/^HTTP\/1.1 200 /);
  socket.destroy();
});
