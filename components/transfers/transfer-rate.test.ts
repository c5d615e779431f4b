import { expect, test } from 'vitest';
import { TransferRate } from './transfer-rate.ts';

test('the first moments tell no speed', () => {
  const rate = new TransferRate(1000);
  expect(rate.add(0, 0)).toEqual({ bytesPerSecond: null, secondsLeft: null });
  expect(rate.add(100, 200)).toEqual({ bytesPerSecond: null, secondsLeft: null });
});

test('speed and time left of a steady transfer', () => {
  const rate = new TransferRate(1000);
  rate.add(0, 0);
  rate.add(100, 500);
  expect(rate.add(200, 1000)).toEqual({ bytesPerSecond: 200, secondsLeft: 4 });
});

test('an early burst is forgotten after four seconds', () => {
  const rate = new TransferRate(10_000);
  rate.add(0, 0);
  rate.add(5000, 100);
  rate.add(5100, 1100);
  rate.add(5200, 2100);
  rate.add(5300, 3100);
  expect(rate.add(5400, 4100)).toEqual({ bytesPerSecond: 100, secondsLeft: 46 });
});

test('a stalled transfer has a speed of zero and no end', () => {
  const rate = new TransferRate(1000);
  rate.add(500, 0);
  expect(rate.add(500, 3000)).toEqual({ bytesPerSecond: 0, secondsLeft: null });
});

test('a first sign of life after a long silence is measured against the last one before', () => {
  const rate = new TransferRate(10_000);
  rate.add(0, 0);
  expect(rate.add(1000, 10_000)).toEqual({ bytesPerSecond: 100, secondsLeft: 90 });
});

test('bytes that have to be sent again start the measurement again', () => {
  const rate = new TransferRate(10_000);
  rate.add(0, 0);
  rate.add(5000, 1000);
  expect(rate.add(3000, 1100)).toEqual({ bytesPerSecond: null, secondsLeft: null });
  expect(rate.add(4000, 2100)).toEqual({ bytesPerSecond: 1000, secondsLeft: 6 });
});
