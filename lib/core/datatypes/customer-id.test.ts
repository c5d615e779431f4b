import { describe, expect, it } from 'vitest';

import { checkCustomerId } from './customer-id.ts';

describe('checkCustomerId', () => {
  it.each([
    '1',
    'oeu1234.5678',
    'sfdc1223a3_ji$ddd',
    ' c1',
    '\\.',
    'é'.repeat(512),
    'c'.repeat(1024),
  ])('accepts %j', (id) => {
    expect(checkCustomerId(id)).toEqual({ ok: true, value: id });
  });

  it.each([
    ['', 'missing-customer-id'],
    [' \t', 'missing-customer-id'],
    ['\r\n\v\f', 'missing-customer-id'],
    ['a\0', 'nul-byte'],
    ['\udc00', 'invalid-utf8'],
    ['c'.repeat(1025), 'customer-id-too-long'],
    ['é'.repeat(513), 'customer-id-too-long'],
  ])('refuses %j as %s', (id, code) => {
    expect(checkCustomerId(id)).toEqual({ ok: false, error: code });
  });
});
