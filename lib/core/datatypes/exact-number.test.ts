import { describe, expect, it } from 'vitest';

import { ExactNumber, parseJsonExact } from './exact-number.ts';

describe('parseJsonExact', () => {
  it('keeps the digits of numbers that JavaScript would change', () => {
    expect(
      parseJsonExact('{"a":[9007199254740993,-9223372036854775807,1e400,1e-400,-1e-999]}'),
    ).toEqual({
      a: [
        new ExactNumber('9007199254740993'),
        new ExactNumber('-9223372036854775807'),
        new ExactNumber('1e400'),
        new ExactNumber('1e-400'),
        new ExactNumber('-1e-999'),
      ],
    });
  });

  it('leaves every other value as it is', () => {
    const text =
      '{"a":1,"b":-0.5,"c":9007199254740991,"d":0,"e":0.0e5,"f":"9007199254740993","g":null}';
    expect(parseJsonExact(text)).toEqual(JSON.parse(text));
  });

  it('throws on bad JSON as JSON.parse does', () => {
    expect(() => parseJsonExact('{')).toThrow(SyntaxError);
  });
});
