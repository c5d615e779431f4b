import { parseJsonValue } from '../datatypes/parse-json-value.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Scalar } from './condition.ts';
import type { ConditionFault } from './condition-fault.ts';
import { foldCase } from './fold-case.ts';
import { parseValues, type RuleValue } from './parse-values.ts';
import type { ValueTest } from './value-test.ts';

const places = { substring: 'anywhere', starts_with: 'start', ends_with: 'end' } as const;

/** Any text can be what a value is; a part of one cannot be empty, for that would hold for everybody. */
export function bindTextTest({
  match,
  value,
  ignoreCase,
}: RuleValue & { readonly ignoreCase: boolean }): Result<ValueTest, ConditionFault> {
  const parsed = parseValues({ match, value, parse: parseText });
  if (!parsed.ok) return parsed;
  const compared = (text: string) => (ignoreCase ? foldCase(text) : text);
  if (match !== 'substring' && match !== 'starts_with' && match !== 'ends_with') {
    const accepted = new Set(parsed.value.map(compared));
    return ok({ kind: 'text-is', values: parsed.value, accepted, ignoreCase });
  }
  const [text] = parsed.value;
  if (text === '') return fail({ path: ['value'], message: 'Enter a text.' });
  const where = places[match];
  return ok({ kind: 'text-has', where, text, needle: compared(text), ignoreCase });
}

function parseText(value: Scalar): Result<string, string> {
  const parsed = parseJsonValue('string', value);
  return parsed.ok ? parsed : fail(parsed.error.message);
}
