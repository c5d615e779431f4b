import { expect, test } from 'vitest';
import { echoTime } from './echo-time.ts';

test.each([
  ['epoch', '0', '1 Jan 1970, 00:00:00 UTC'],
  ['epoch', '1651676123', '4 May 2022, 14:55:23 UTC'],
  [
    'epoch',
    '1651676123000',
    'beyond the year 5138 as seconds; as milliseconds 4 May 2022, 14:55:23 UTC',
  ],
  ['epoch', '9223372036854775807', 'beyond any calendar'],
  ['datetime', '2022-05-02T10:10:59Z', '2 May 2022, 10:10:59 UTC'],
  ['date', '2024-02-29', '29 Feb 2024'],
  ['long', '1651676123', null],
] as const)('%s %s', (type, value, expected) => {
  expect(echoTime(type, value)).toBe(expected);
});
