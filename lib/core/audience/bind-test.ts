import { parseJsonValue } from '../datatypes/parse-json-value.ts';
import type { ValueType } from '../datatypes/types.ts';
import { fail, ok, type Result } from '../result.ts';
import { bindNumberTest } from './bind-number-test.ts';
import { bindTextTest } from './bind-text-test.ts';
import { bindTimeTest } from './bind-time-test.ts';
import type { AttributeCondition, MatchType } from './condition.ts';
import type { ConditionFault } from './condition-fault.ts';
import type { ValueTest } from './value-test.ts';

const numberMatches = ['exact', 'any_of', 'lt', 'le', 'gt', 'ge', 'between', 'exists'] as const;
const timeMatches = [
  'on',
  'before',
  'after',
  'between',
  'in_last_days',
  'in_next_days',
  'anniversary',
  'exists',
] as const;

/** How values of each datatype can be compared, in the order in which people choose. */
export const matchTypesOf = {
  string: ['exact', 'any_of', 'substring', 'starts_with', 'ends_with', 'exists'],
  bool: ['exact', 'exists'],
  long: numberMatches,
  double: numberMatches,
  date: timeMatches,
  datetime: timeMatches,
  epoch: timeMatches,
} as const satisfies Record<ValueType, readonly MatchType[]>;

/**
 * Types a rule's value after its attribute. Paths of faults are within the leaf.
 *
 * @example bindTest({ match: 'gt', value: 500, ... }, 'long')
 * // { ok: true, value: { kind: 'number-compares', comparison: 'gt', value: 500n } }
 */
export function bindTest(
  rule: AttributeCondition,
  type: ValueType,
): Result<ValueTest, ConditionFault> {
  const { match, value } = rule;
  const allowed: readonly MatchType[] = matchTypesOf[type];
  if (!allowed.includes(match)) {
    const message = `"${match}" does not fit this attribute. Use ${allowed.join(', ')}.`;
    return fail({ path: ['match_type'], message });
  }
  if (rule.ignoreCase && type !== 'string') {
    return fail({ path: ['ignore_case'], message: 'Only texts are compared without case.' });
  }
  if (match === 'exists') {
    if (value === null) return ok({ kind: 'exists' });
    return fail({ path: ['value'], message: '"exists" takes no value.' });
  }
  if (value === null) return fail({ path: ['value'], message: 'Enter a value.' });
  switch (type) {
    case 'string':
      return bindTextTest({ match, value, ignoreCase: rule.ignoreCase });
    case 'bool': {
      const parsed = parseJsonValue('bool', value);
      if (!parsed.ok) return fail({ path: ['value'], message: parsed.error.message });
      return ok({ kind: 'bool-is', value: parsed.value === 'true' });
    }
    case 'long':
    case 'double':
      return bindNumberTest({ type, match, value });
    case 'date':
    case 'datetime':
    case 'epoch':
      return bindTimeTest({ type, match, value });
  }
}
