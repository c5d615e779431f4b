import { describe, expect, it } from 'vitest';

import { checkAttributeName } from './attribute-name.ts';

describe('checkAttributeName', () => {
  it.each([
    'Life-time value',
    'most_viewed_category',
    'LTV',
    'a,b',
    'the "best"',
    'größe',
    '顧客',
    'a'.repeat(200),
  ])('accepts %s', (name) => {
    expect(checkAttributeName(name)).toEqual({ ok: true, value: name });
  });

  it.each([
    ['', 'name-empty'],
    ['  ', 'name-empty'],
    ['a'.repeat(201), 'name-too-long'],
    [' ltv', 'name-outer-blanks'],
    ['ltv\u00a0', 'name-outer-blanks'],
    ['a\tb', 'name-control-character'],
    ['a\nb', 'name-control-character'],
    ['a\0b', 'name-control-character'],
    ['\ud800', 'name-invalid-unicode'],
    ['customerID', 'name-is-customer-id'],
    ['CUSTOMERID', 'name-is-customer-id'],
    ['error_line', 'name-reserved'],
    ['Error_Message', 'name-reserved'],
    ['=1+1', 'name-formula-start'],
    ["'@x", 'name-formula-start'],
  ])('refuses %j as %s', (name, code) => {
    expect(checkAttributeName(name)).toMatchObject({ ok: false, error: { code } });
  });
});
