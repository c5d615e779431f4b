import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { checkCell } from './check-cell.ts';
import { valueTypes, type ValueType } from './types.ts';

function check(type: ValueType, text: string) {
  const bytes = Buffer.from(text);
  return checkCell(type, bytes, 0, bytes.length);
}

const cases: readonly (readonly [ValueType, string, string | null])[] = [
  ['bool', 'tRuE', null],
  ['bool', 'FALSE', null],
  ['bool', 'tru', 'invalid-bool'],
  ['bool', 'truee', 'invalid-bool'],
  ['bool', 'fals', 'invalid-bool'],
  ['bool', 'yes', 'invalid-bool'],
  ['bool', '\x54\x12\x55\x45', 'invalid-bool'],
  ['long', '0', null],
  ['long', '-0', null],
  ['long', '007', null],
  ['long', `${'0'.repeat(500)}9223372036854775807`, null],
  ['long', '-9223372036854775808', 'long-out-of-range'],
  ['long', '9223372036854775808', 'long-out-of-range'],
  ['long', '10000000000000000000', 'long-out-of-range'],
  ['long', '+1', 'invalid-long'],
  ['long', '1_000', 'invalid-long'],
  ['long', '0x10', 'invalid-long'],
  ['long', '1.0', 'invalid-long'],
  ['long', '1e3', 'invalid-long'],
  ['long', '-', 'invalid-long'],
  ['long', ' 1', 'invalid-long'],
  ['long', '1 ', 'invalid-long'],
  ['long', '99999999999999999999x', 'invalid-long'],
  ['long', '٣', 'invalid-long'],
  ['double', '5.', null],
  ['double', '.5', null],
  ['double', '-.5e-3', null],
  ['double', '1E+5', null],
  ['double', '1.7976931348623157e308', null],
  ['double', '1.7976931348623159e308', 'double-out-of-range'],
  ['double', `1${'0'.repeat(308)}`, null],
  ['double', `1${'0'.repeat(309)}`, 'double-out-of-range'],
  ['double', '5e-324', null],
  ['double', '1e-400', 'double-out-of-range'],
  ['double', `0.${'0'.repeat(400)}1`, 'double-out-of-range'],
  ['double', `0.${'0'.repeat(400)}1e400`, null],
  ['double', '0e999999999', null],
  ['double', '-0.0e-999', null],
  ['double', '1e0000000001', null],
  ['double', 'NaN', 'invalid-double'],
  ['double', 'Infinity', 'invalid-double'],
  ['double', '0x1p3', 'invalid-double'],
  ['double', '+1', 'invalid-double'],
  ['double', '.', 'invalid-double'],
  ['double', '1e', 'invalid-double'],
  ['double', '1e+', 'invalid-double'],
  ['double', '1.2.3', 'invalid-double'],
  ['date', '2024-02-29', null],
  ['date', '2000-02-29', null],
  ['date', '1900-02-29', 'invalid-date'],
  ['date', '2023-02-29', 'invalid-date'],
  ['date', '2022-04-31', 'invalid-date'],
  ['date', '2022-00-10', 'invalid-date'],
  ['date', '2022-01-00', 'invalid-date'],
  ['date', '0001-01-01', null],
  ['date', '0000-01-01', 'invalid-date'],
  ['date', '9999-12-31', null],
  ['date', '10000-01-01', 'invalid-date'],
  ['date', '2022-5-2', 'invalid-date'],
  ['date', '2022-05-02T00:00:00', 'invalid-date'],
  ['datetime', '2022-05-02T23:59:59', null],
  ['datetime', '0000-05-02T23:59:59Z', 'invalid-datetime'],
  ['datetime', '2022-05-02T24:00:00Z', 'invalid-datetime'],
  ['datetime', '2022-05-02T23:60:00Z', 'invalid-datetime'],
  ['datetime', '2022-05-02T23:59:60Z', 'invalid-datetime'],
  ['datetime', '2022-05-02T10:10:59+00:00', 'invalid-datetime'],
  ['datetime', '2022-05-02T10:10:59.5Z', 'invalid-datetime'],
  ['datetime', '2022-05-02T10:10', 'invalid-datetime'],
  ['datetime', '2022-02-30T10:10:59Z', 'invalid-datetime'],
  ['epoch', '9223372036854775807', null],
  ['epoch', '9223372036854775808', 'invalid-epoch'],
  ['epoch', '-0', 'invalid-epoch'],
  ['epoch', '1.5', 'invalid-epoch'],
  ['string', 'anything', null],
];

describe('checkCell', () => {
  it.each(cases)('%s %j', (type, text, fault) => {
    expect(check(type, text)).toBe(fault);
  });

  it('reads its own bytes only, whatever follows', () => {
    const bytes = Buffer.from('2022-05-02T10:10:59Z0');
    expect(checkCell('date', bytes, 0, 10)).toBeNull();
    expect(checkCell('datetime', bytes, 0, 19)).toBeNull();
    expect(checkCell('epoch', bytes, 0, 3)).toBeNull();
    expect(checkCell('long', Buffer.from('99999999999999999999'), 0, 5)).toBeNull();
    expect(checkCell('date', bytes, 0, 9)).toBe('invalid-date');
  });

  it('agrees with plain patterns on any short text of telling characters', () => {
    const text = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789012345678901-+.eETZ:x truefalsTRUEFALS')),
      maxLength: 24,
    });
    fc.assert(
      fc.property(fc.constantFrom(...valueTypes), text, (type, cell) => {
        expect(check(type, cell) === null).toBe(isValid(type, cell));
      }),
      { numRuns: 20_000 },
    );
  });

  it('agrees with plain patterns on dates and numbers near their limits', () => {
    const part = (values: readonly string[]) => fc.constantFrom(...values);
    const date = fc
      .tuple(
        part(['0000', '0001', '1900', '2000', '2023', '2024', '9999']),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
      )
      .map(([y, m, d]) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`);
    const long = fc
      .tuple(part(['', '-', '0', '-00']), fc.bigInt({ min: 2n ** 63n - 50n, max: 2n ** 63n + 50n }))
      .map(([sign, digits]) => `${sign}${digits}`);
    const double = fc
      .tuple(fc.double({ noNaN: true, min: 0.1, max: 10 }), fc.integer({ min: -330, max: 312 }))
      .map(([mantissa, exponent]) => `${mantissa}e${exponent}`);
    fc.assert(
      fc.property(date, long, double, (day, whole, decimal) => {
        expect(check('date', day) === null).toBe(isValid('date', day));
        expect(check('long', whole) === null).toBe(isValid('long', whole));
        expect(check('epoch', whole) === null).toBe(isValid('epoch', whole));
        expect(check('double', decimal) === null).toBe(isValid('double', decimal));
      }),
      { numRuns: 5_000 },
    );
  });
});

/** The reference patterns of the rules, as plainly as they can be said. */
function isValid(type: ValueType, text: string): boolean {
  const maxLong = 2n ** 63n - 1n;
  switch (type) {
    case 'string':
      return true;
    case 'bool':
      return /^(true|false)$/i.test(text);
    case 'long':
      return /^-?\d+$/.test(text) && BigInt(text) <= maxLong && BigInt(text) >= -maxLong;
    case 'epoch':
      return /^\d+$/.test(text) && BigInt(text) <= maxLong;
    case 'double': {
      if (!/^-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text)) return false;
      const isZero = !/[1-9]/.test(text.split(/e/i)[0] ?? '');
      return Number.isFinite(Number(text)) && (Number(text) !== 0 || isZero);
    }
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(text) && isRealInstant(`${text}T00:00:00.000Z`);
    case 'datetime':
      return (
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$/.test(text) &&
        isRealInstant(`${text.slice(0, 19)}.000Z`)
      );
  }
}

function isRealInstant(iso: string): boolean {
  const instant = new Date(iso);
  return (
    !iso.startsWith('0000') && !Number.isNaN(instant.getTime()) && instant.toISOString() === iso
  );
}
