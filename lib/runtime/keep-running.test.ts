import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answers } from '#lib/db/embedded/answers.ts';
import { keepRunning, type RunningDatabase } from './keep-running.ts';

const settings = { shared_buffers: '32MB', fsync: 'off' };
const pauses = { first: 10, longest: 40 };

let directory: string;
let database: RunningDatabase;
let blocker: Server | undefined;
const said = vi.spyOn(console, 'error');

beforeEach(async () => {
  said.mockReset().mockReturnValue(undefined);
  directory = await mkdtemp(join(tmpdir(), 'opendcp-launcher-'));
  await chmod(directory, 0o711);
  database = await keepRunning({ directory: join(directory, 'postgres'), settings }, pauses);
});

afterEach(async () => {
  blocker?.close();
  await database.stop();
  await rm(directory, { recursive: true, force: true });
});

async function pid(): Promise<number> {
  const files = await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8');
  return Number(files.split('\n')[0]);
}

/** Kills PostgreSQL and has its port, as a program that takes connections and says nothing, before it is back. */
async function killAndTakePort(): Promise<void> {
  process.kill(await pid(), 'SIGKILL');
  const port = Number(new URL(database.url).port);
  for (;;) {
    const server = createServer();
    try {
      await once(server.listen(port, '127.0.0.1'), 'listening');
      blocker = server;
      return;
    } catch {
      // Not dead yet.
    }
  }
}

const isUp = () => answers(database.url, 100);

const retries = () => said.mock.calls.filter(([line]) => String(line).includes('trying again'));

test('a PostgreSQL whose port was taken comes back once the port is free again', async () => {
  await killAndTakePort();
  await expect.poll(() => retries().length, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
  expect(retries()[0]?.[0]).toMatch(/trying again in 10 ms.*FATAL:.*could not create any TCP/);
  expect(retries()[1]?.[0]).toContain('trying again in 20 ms');
  blocker?.close();
  await expect.poll(isUp, { timeout: 20_000 }).toBe(true);
  // And again.
  process.kill(await pid(), 'SIGKILL');
  await expect.poll(isUp, { timeout: 20_000 }).toBe(false);
  await expect.poll(isUp, { timeout: 20_000 }).toBe(true);
});

test('who stops meanwhile waits for nothing and leaves nothing behind', async () => {
  await killAndTakePort();
  await expect.poll(() => retries().length, { timeout: 20_000 }).toBeGreaterThanOrEqual(1);
  await database.stop();
  blocker?.close();
  const before = said.mock.calls.length;
  expect(await isUp()).toBe(false);
  await expect(pid()).rejects.toThrow();
  expect(said.mock.calls.length).toBe(before);
});
