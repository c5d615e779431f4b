import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { InstanceLock } from './instance-lock.ts';

const holders: ChildProcess[] = [];
afterEach(() => {
  for (const holder of holders.splice(0)) holder.kill('SIGKILL');
});

function hold(dataDir: string): ChildProcess {
  const path = fileURLToPath(new URL('testing/hold-lock.ts', import.meta.url));
  const holder = fork(path, [dataDir], { execArgv: [], silent: true });
  holders.push(holder);
  return holder;
}

async function nextMessage(holder: ChildProcess): Promise<unknown> {
  const [message] = (await once(holder, 'message')) as unknown[];
  return message;
}

test('a data directory has one instance', async () => {
  const dataDir = `/data/${randomUUID()}`;
  const holder = hold(dataDir);
  expect(await nextMessage(holder)).toBe('locked');
  await expect(InstanceLock.take(dataDir, () => undefined)).rejects.toThrow(
    `OpenDCP is already running on the data directory ${dataDir}.`,
  );
  await InstanceLock.take(`${dataDir}-of-another`, () => undefined);
});

test('killed, an instance holds nothing', async () => {
  const dataDir = `/data/${randomUUID()}`;
  const holder = hold(dataDir);
  await nextMessage(holder);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  await InstanceLock.take(dataDir, () => undefined);
});

test('a start waits for an instance that is stopping; of two, one gets its place', async () => {
  const dataDir = `/data/${randomUUID()}`;
  const stopping = hold(dataDir);
  await nextMessage(stopping);
  stopping.send('stop');
  expect(await nextMessage(stopping)).toBe('stopping');

  const next = [hold(dataDir), hold(dataDir)];
  for (const message of await Promise.all(next.map(nextMessage))) expect(message).toBe('waiting');
  const ends = next.map((holder) =>
    Promise.race([nextMessage(holder), once(holder, 'exit').then(() => 'refused')]),
  );
  stopping.kill('SIGKILL');
  expect((await Promise.all(ends)).toSorted()).toEqual(['locked', 'refused']);
});
