import { describe, expect, it } from 'vitest';

import { parseJsonExact } from './exact-number.ts';
import { parseJsonValue } from './parse-json-value.ts';
import type { ValueType } from './types.ts';

/** From a request body's text to what PostgreSQL gets: its text, or the code of the fault. */
function read(type: ValueType, json: string): string {
  const result = parseJsonValue(type, parseJsonExact(json));
  return result.ok ? result.value : `! ${result.error.code}`;
}

describe('parseJsonValue', () => {
  it.each<[ValueType, string, string]>([
    ['string', '"Height: 6\'1\\""', 'Height: 6\'1"'],
    ['string', '""', ''],
    ['string', '"😀"', '😀'],
    ['string', '5', '! invalid-string'],
    ['string', 'null', '! null-not-allowed'],
    ['string', '"a\\u0000b"', '! nul-byte'],
    ['string', '"\\ud800"', '! invalid-utf8'],
    ['bool', 'true', 'true'],
    ['bool', '"FALSE"', 'false'],
    ['bool', '1', '! invalid-bool'],
    ['bool', '"yes"', '! invalid-bool'],
    ['long', '10', '10'],
    ['long', '"10"', '10'],
    ['long', '-0', '0'],
    ['long', '1e3', '1000'],
    ['long', '1.5', '! invalid-long'],
    ['long', '9223372036854775807', '9223372036854775807'],
    ['long', '"-9223372036854775807"', '-9223372036854775807'],
    ['long', '9223372036854775808', '! long-out-of-range'],
    ['long', '9007199254740993', '9007199254740993'],
    ['long', 'true', '! invalid-long'],
    ['long', '""', '! empty-not-allowed'],
    ['long', '{}', '! invalid-long'],
    ['double', '0.1', '0.1'],
    ['double', '-0', '-0'],
    ['double', '1.7976931348623157e308', '1.7976931348623157e308'],
    ['double', '1e21', '1e21'],
    ['double', '1e400', '! double-out-of-range'],
    ['double', '1e-400', '! double-out-of-range'],
    ['double', '"2,3"', '! invalid-double'],
    ['date', '"2024-02-29"', '2024-02-29'],
    ['date', '20240229', '! invalid-date'],
    ['datetime', '"2022-05-02T10:10:59Z"', '2022-05-02T10:10:59Z'],
    ['datetime', '"2022-05-02"', '! invalid-datetime'],
    ['epoch', '1651676123', '1651676123'],
    ['epoch', '"0"', '0'],
    ['epoch', '-1', '! invalid-epoch'],
    ['epoch', '1.5', '! invalid-epoch'],
  ])('%s %s', (type, json, expected) => {
    expect(read(type, json)).toBe(expected);
  });

  it('refuses texts above 1 MiB of UTF-8, by bytes', () => {
    const limit = 1024 * 1024;
    expect(parseJsonValue('string', 'a'.repeat(limit)).ok).toBe(true);
    expect(parseJsonValue('string', 'a'.repeat(limit + 1)).ok).toBe(false);
    expect(parseJsonValue('string', 'é'.repeat(limit / 2)).ok).toBe(true);
    expect(parseJsonValue('string', 'é'.repeat(limit / 2 + 1)).ok).toBe(false);
  });

  it('explains what was expected', () => {
    expect(parseJsonValue('epoch', -1)).toEqual({
      ok: false,
      error: {
        code: 'invalid-epoch',
        message: 'Expected whole seconds since 1970-01-01 00:00:00 UTC, zero or more, digits only.',
      },
    });
  });
});
