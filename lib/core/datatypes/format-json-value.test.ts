import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseJsonExact } from './exact-number.ts';
import { formatJsonValue } from './format-json-value.ts';
import { parseJsonValue } from './parse-json-value.ts';
import type { ValueType } from './types.ts';

/** From a request body's text to what PostgreSQL gets: its text, or the code of the fault. */
function read(type: ValueType, json: string): string {
  const result = parseJsonValue(type, parseJsonExact(json));
  return result.ok ? result.value : `! ${result.error.code}`;
}

describe('formatJsonValue', () => {
  it.each<[ValueType, string, string]>([
    ['string', 'a "b"\n😀', '"a \\"b\\"\\n😀"'],
    ['bool', 't', 'true'],
    ['bool', 'false', 'false'],
    ['long', '10', '10'],
    ['long', '-9007199254740991', '-9007199254740991'],
    ['long', '9007199254740992', '"9007199254740992"'],
    ['long', '-9223372036854775807', '"-9223372036854775807"'],
    ['double', '1.7976931348623157e+308', '1.7976931348623157e+308'],
    ['double', '-0', '-0'],
    ['date', '2024-02-29', '"2024-02-29"'],
    ['datetime', '2022-05-02 10:10:59', '"2022-05-02T10:10:59Z"'],
    ['datetime', '0001-01-01 00:00:00+00', '"0001-01-01T00:00:00Z"'],
    ['epoch', '1651676123', '1651676123'],
    ['epoch', '9223372036854775807', '"9223372036854775807"'],
  ])('%s %s', (type, text, json) => {
    expect(formatJsonValue(type, text)).toBe(json);
  });

  it('gives back every long and double that was written', () => {
    const long = fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n });
    const double = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(long, double, (whole, decimal) => {
        expect(read('long', formatJsonValue('long', String(whole)))).toBe(String(whole));
        const text = Object.is(decimal, -0) ? '-0' : String(decimal);
        expect(Number(read('double', formatJsonValue('double', text)))).toBe(decimal);
      }),
    );
  });
});
