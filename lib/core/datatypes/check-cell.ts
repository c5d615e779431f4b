import { CASE_BIT, DOT, LOWER_E, MINUS, NINE, PLUS, ZERO } from './ascii.ts';
import {
  endOfBool,
  endOfDate,
  endOfDatetime,
  endOfDouble,
  endOfEpoch,
  endOfLong,
} from './end-of-value.ts';
import type { ValueType } from './types.ts';
import type { CellFault } from './value-fault.ts';

interface TypeCheck {
  readonly endOf: (bytes: Uint8Array, start: number) => number;
  readonly fault: CellFault;
  /** For numbers: looks like one, so what failed is its size. */
  readonly tooLarge?: { readonly shape: RegExp; readonly fault: CellFault };
}

const checks: Readonly<Record<Exclude<ValueType, 'string'>, TypeCheck>> = {
  bool: { endOf: endOfBool, fault: 'invalid-bool' },
  long: {
    endOf: endOfLong,
    fault: 'invalid-long',
    tooLarge: { shape: /^-?\d+$/, fault: 'long-out-of-range' },
  },
  double: {
    endOf: endOfDouble,
    fault: 'invalid-double',
    tooLarge: {
      shape: /^-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/,
      fault: 'double-out-of-range',
    },
  },
  date: { endOf: endOfDate, fault: 'invalid-date' },
  datetime: { endOf: endOfDatetime, fault: 'invalid-datetime' },
  epoch: { endOf: endOfEpoch, fault: 'invalid-epoch' },
};

/**
 * Checks `bytes[start..end)` as a value of `type`, exactly: no trimming, no unquoting. Any text is a
 * `string`; that it is UTF-8 without NUL and within the size limit is the caller's to check. Allocates
 * nothing for a valid value that stands before a delimiter. Source of the rules: the seed's validity
 * tables, with the readings in docs/guides/csv-format.md.
 *
 * @returns `null` for a valid value, else what is wrong.
 * @example checkCell('long', Buffer.from('-2'), 0, 2) // null
 * @example checkCell('date', Buffer.from('2022-13-01'), 0, 10) // 'invalid-date'
 */
export function checkCell(
  type: ValueType,
  bytes: Uint8Array,
  start: number,
  end: number,
): CellFault | null {
  if (type === 'string') return null;
  const check = checks[type];
  if (check.endOf(bytes, start) === end) return null;
  // Read again on its own: the bytes after `end` may have looked like more of the value.
  const cell = bytes.subarray(start, end);
  if (check.endOf(cell, 0) === cell.length) return null;
  return check.tooLarge?.shape.test(numberText(cell)) ? check.tooLarge.fault : check.fault;
}

/** The cell's text if it has only the bytes of numbers, else ''. Most faults end at the first byte. */
function numberText(cell: Uint8Array): string {
  let text = '';
  for (const byte of cell) {
    const isDigit = byte >= ZERO && byte <= NINE;
    if (!isDigit && byte !== MINUS && byte !== PLUS && byte !== DOT) {
      if ((byte | CASE_BIT) !== LOWER_E) return '';
    }
    text += String.fromCharCode(byte);
  }
  return text;
}
