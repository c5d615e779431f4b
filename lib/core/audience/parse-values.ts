import { fail, ok, type Result } from '../result.ts';
import type { ConditionValue, MatchType, Scalar } from './condition.ts';
import type { ConditionFault } from './condition-fault.ts';

/** A value that is there, and how it is compared. */
export interface RuleValue {
  readonly match: MatchType;
  readonly value: ConditionValue;
}

interface ParseValuesOptions<Parsed> extends RuleValue {
  /** The value, or one sentence that says what was expected. */
  readonly parse: (value: Scalar) => Result<Parsed, string>;
}

/**
 * Parses each value of a rule: the list of `any_of`, the two of `between`, the one of everything else.
 *
 * @returns at least one value, two for `between`, or the first fault with its place.
 */
export function parseValues<Parsed>({
  match,
  value,
  parse,
}: ParseValuesOptions<Parsed>): Result<readonly [Parsed, ...Parsed[]], ConditionFault> {
  const takesList = match === 'any_of' || match === 'between';
  if (isList(value) !== takesList) {
    return fail({
      path: ['value'],
      message: takesList ? 'Enter a list of values.' : 'Enter a single value.',
    });
  }
  const values = isList(value) ? value : [value];
  if (match === 'between' && values.length !== 2) {
    return fail({ path: ['value'], message: 'Enter two values, from and to.' });
  }
  const all: Parsed[] = [];
  for (const [index, one] of values.entries()) {
    const parsed = parse(one);
    if (!parsed.ok) {
      return fail({ path: takesList ? ['value', index] : ['value'], message: parsed.error });
    }
    all.push(parsed.value);
  }
  const [first, ...others] = all;
  if (first === undefined) return fail({ path: ['value'], message: 'Enter at least one value.' });
  return ok([first, ...others]);
}

/** For `between`, whose ends must be in order. */
export const unorderedFault: ConditionFault = {
  path: ['value'],
  message: 'The first value is after the second.',
};

function isList(value: ConditionValue): value is readonly Scalar[] {
  return Array.isArray(value);
}
