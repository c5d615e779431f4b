import { parseJsonValue } from '../datatypes/parse-json-value.ts';
import { fail, ok, type Result } from '../result.ts';
import type { ConditionFault } from './condition-fault.ts';
import { parseValues, unorderedFault, type RuleValue } from './parse-values.ts';
import type { ValueTest } from './value-test.ts';

interface NumberRule extends RuleValue {
  readonly type: 'long' | 'double';
}

/** A long is compared with longs, a double with doubles. */
export function bindNumberTest({
  type,
  match,
  value,
}: NumberRule): Result<ValueTest, ConditionFault> {
  const parsed = parseValues<bigint | number>({
    match,
    value,
    parse: (one) => {
      const text = parseJsonValue(type, one);
      if (!text.ok) return fail(text.error.message);
      return ok(type === 'long' ? BigInt(text.value) : Number(text.value));
    },
  });
  if (!parsed.ok) return parsed;
  const [low, high = low] = parsed.value;
  switch (match) {
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
      return ok({ kind: 'number-compares', comparison: match, value: low });
    case 'between':
      return low > high ? fail(unorderedFault) : ok({ kind: 'number-between', low, high });
    default:
      return ok({ kind: 'number-is', values: new Set(parsed.value) });
  }
}
