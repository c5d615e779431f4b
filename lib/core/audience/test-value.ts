import type { ValueType } from '../datatypes/types.ts';
import { foldCase } from './fold-case.ts';
import { testTime } from './test-time.ts';
import type { TypedValue } from './typed-value.ts';
import type { Comparison, ValueTest } from './value-test.ts';
import type { Verdict } from './verdict.ts';

/** One attribute's value of one customer, and when it is looked at. */
export interface Subject {
  readonly type: ValueType;
  readonly value: TypedValue | null;
  readonly now: Date;
}

/**
 * Asks one rule of one value.
 *
 * @example testValue({ kind: 'exists' }, { type: 'long', value: null, now }) // false
 */
export function testValue(test: ValueTest, { type, value, now }: Subject): Verdict {
  if (test.kind === 'exists') return value !== null;
  if (value === null) return null;
  switch (type) {
    case 'string':
      return typeof value === 'string' ? testText(test, value) : null;
    case 'bool':
      return test.kind === 'bool-is' ? value === test.value : null;
    case 'long':
      return typeof value === 'bigint' ? testNumber(test, value) : null;
    case 'double':
      return typeof value === 'number' ? testNumber(test, value) : null;
    case 'date':
    case 'datetime':
    case 'epoch':
      return typeof value === 'bigint' ? testTime(test, { type, value, now }) : null;
  }
}

function testText(test: ValueTest, value: string): Verdict {
  if (test.kind !== 'text-is' && test.kind !== 'text-has') return null;
  const text = test.ignoreCase ? foldCase(value) : value;
  if (test.kind === 'text-is') return test.accepted.has(text);
  switch (test.where) {
    case 'anywhere':
      return text.includes(test.needle);
    case 'start':
      return text.startsWith(test.needle);
    case 'end':
      return text.endsWith(test.needle);
  }
}

function testNumber(test: ValueTest, value: bigint | number): Verdict {
  switch (test.kind) {
    case 'number-is':
      return test.values.has(value);
    case 'number-between':
      return value >= test.low && value <= test.high;
    case 'number-compares':
      return compares(value, test.comparison, test.value);
    default:
      return null;
  }
}

function compares(value: bigint | number, comparison: Comparison, other: bigint | number): boolean {
  switch (comparison) {
    case 'lt':
      return value < other;
    case 'le':
      return value <= other;
    case 'gt':
      return value > other;
    case 'ge':
      return value >= other;
  }
}
