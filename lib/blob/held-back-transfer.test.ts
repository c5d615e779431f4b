import { once } from 'node:events';
import type { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { HeldBackTransfer } from './held-back-transfer.ts';

const piece = Buffer.alloc(100 * 1024);
const size = 100 * piece.length;

async function writeAll(transfer: HeldBackTransfer<string>): Promise<void> {
  for (let written = 0; written < size; written += piece.length) await transfer.write(piece);
}

test('what comes is passed on, and the last piece only at the end', async () => {
  let passed = 0;
  const transfer = new HeldBackTransfer({
    size,
    send: async (body) => {
      for await (const chunk of body as AsyncIterable<Buffer>) passed += chunk.length;
      return 'stored';
    },
  });
  await writeAll(transfer);
  await expect.poll(() => passed).toBe(size - piece.length);
  expect(await transfer.finish()).toBe('stored');
  expect(passed).toBe(size);
});

test.each([0, 3])(
  'a request that fails after %i pieces fails the write that waits for it',
  async (pieces) => {
    const failure = new Error('The bucket is gone.');
    const transfer = new HeldBackTransfer<string>({
      size,
      send: async (body) => {
        for (let read = 0; read < pieces; read++) await once(body as PassThrough, 'readable');
        throw failure;
      },
    });
    await expect(writeAll(transfer)).rejects.toBe(failure);
    await transfer.cancel();
  },
);

test('so does one that closes what it reads before it fails', async () => {
  const failure = new Error('The bucket is gone.');
  const transfer = new HeldBackTransfer<string>({
    size,
    send: async (body) => {
      for await (const chunk of body as PassThrough) if (chunk) break;
      await setImmediate();
      throw failure;
    },
  });
  await expect(writeAll(transfer)).rejects.toBe(failure);
});

test('a request that is answered early does not hold its sender up', async () => {
  const transfer = new HeldBackTransfer({ size, send: () => Promise.resolve('refused') });
  await writeAll(transfer);
  expect(await transfer.finish()).toBe('refused');
});
