import { expect } from 'vitest';

/** Polled until it holds; the machine may be busy. */
export const eventually = <Value>(read: () => Value) =>
  expect.poll(read, { timeout: 25_000, interval: 10 });
