import type { BoundCondition, BoundRule } from './bound-condition.ts';
import type { TypedValue } from './typed-value.ts';

/** A leaf of Optimizely's `typedAudiences`. */
interface SdkLeaf {
  readonly type: 'custom_attribute';
  readonly name: string;
  readonly match: 'exact' | 'exists' | 'substring' | 'lt' | 'le' | 'gt' | 'ge';
  readonly value?: string | number | boolean;
}

export type SdkCondition = SdkLeaf | readonly ['and' | 'or' | 'not', ...SdkCondition[]];

/** No user has it, so that a rule on it is unknown to the SDK, too. */
const absentAttribute = '$opendcp_unknown';

/** The SDKs compare numbers up to here only. */
const LARGEST_SDK_NUMBER = 2 ** 53;

/**
 * The same audience for Optimizely's SDKs, as the `conditions` of a typed audience. Dates are compared as epoch
 * seconds, which is how `sdkValue` hands them over.
 *
 * @returns `null` when the SDKs cannot say it: case ignored, starts or ends with, dates that move with the clock,
 *   anniversaries, numbers beyond 2^53.
 * @example toSdkCondition(condition, ({ id }) => String(id))
 * // ['and', { type: 'custom_attribute', name: '34', match: 'gt', value: 500 }]
 */
export function toSdkCondition(
  condition: BoundCondition,
  nameOf: (attribute: BoundRule['attribute']) => string,
): SdkCondition | null {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const parts = condition.conditions.map((part) => toSdkCondition(part, nameOf));
      const known = parts.filter((part) => part !== null);
      return known.length < parts.length ? null : [condition.kind, ...known];
    }
    case 'not': {
      const part = toSdkCondition(condition.condition, nameOf);
      return part && ['not', part];
    }
    case 'audience':
      return toSdkCondition(condition.condition, nameOf);
    case 'unknown':
      return { type: 'custom_attribute', name: absentAttribute, match: 'exact', value: true };
    case 'attribute':
      return fromRule(condition, nameOf(condition.attribute));
  }
}

/**
 * A stored value as the SDKs take it.
 *
 * @returns `null` for a number beyond ±2^53, which the SDKs do not compare.
 * @example sdkValue(86400n) // 86400
 */
export function sdkValue(value: TypedValue): string | number | boolean | null {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return isComparable(value) ? Number(value) : null;
}

function fromRule({ test }: BoundRule, name: string): SdkCondition | null {
  const leaf = (match: SdkLeaf['match'], value: string | number | boolean): SdkLeaf => ({
    ...{ type: 'custom_attribute', name, match, value },
  });
  const number = (match: SdkLeaf['match'], value: bigint | number) =>
    isComparable(value) ? leaf(match, Number(value)) : null;
  switch (test.kind) {
    case 'exists':
      return { type: 'custom_attribute', name, match: 'exists' };
    case 'text-is':
      return test.ignoreCase ? null : ['or', ...test.values.map((value) => leaf('exact', value))];
    case 'text-has':
      return test.ignoreCase || test.where !== 'anywhere' ? null : leaf('substring', test.text);
    case 'bool-is':
      return leaf('exact', test.value);
    case 'number-is':
      return joined(
        'or',
        [...test.values].map((value) => number('exact', value)),
      );
    case 'number-compares':
      return number(test.comparison, test.value);
    case 'number-between':
      return joined('and', [number('ge', test.low), number('le', test.high)]);
    case 'time-on':
      return joined('and', [number('ge', test.moment.start), number('lt', test.moment.end)]);
    case 'time-before':
      return number('lt', test.moment.start);
    case 'time-after':
      return number('ge', test.moment.end);
    case 'time-between':
      return joined('and', [number('ge', test.from.start), number('lt', test.to.end)]);
    case 'time-within':
    case 'anniversary':
      return null;
  }
}

function joined(operator: 'and' | 'or', parts: readonly (SdkLeaf | null)[]): SdkCondition | null {
  const known = parts.filter((part) => part !== null);
  return known.length < parts.length ? null : [operator, ...known];
}

function isComparable(value: bigint | number): boolean {
  return value >= -LARGEST_SDK_NUMBER && value <= LARGEST_SDK_NUMBER;
}
