import { expect, test } from 'vitest';
import { checkKey, isIngestible } from './object-key.ts';

test.each([
  ['dcp/1/2/../3/x.csv', 'InvalidURI'],
  ['dcp/1/2/./x.csv', 'InvalidURI'],
  ['..', 'InvalidURI'],
  ['dcp/1/2/a\0b', 'InvalidURI'],
  ['dcp/1/2/a\nb', 'InvalidURI'],
  [`dcp/1/2/${'é'.repeat(509)}`, 'KeyTooLongError'],
])('%j is refused as %s', (key, code) => {
  expect(checkKey(key)?.code).toBe(code);
});

test.each([
  'dcp/1/2/a..b.csv',
  'dcp/1/2/...',
  'dcp/1/2//x',
  'dcp/1/2/ ',
  `dcp/1/2/${'é'.repeat(508)}`,
])('%j is a key', (key) => {
  expect(checkKey(key)).toBeNull();
});

test.each([
  ['dcp/1/2/customers.csv', true],
  ['dcp/1/2/2026/customers', true],
  ['dcp/1/2/', false],
  ['dcp/1/2/exports/', false],
  ['dcp/1/2/.DS_Store', false],
  ['dcp/1/2/._customers.csv', false],
  ['dcp/1/2/.cache/customers.csv', false],
])('%s is a file to load: %s', (key, expected) => {
  expect(isIngestible(key)).toBe(expected);
});
