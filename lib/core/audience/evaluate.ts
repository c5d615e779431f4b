import type { BoundCondition, BoundRule } from './bound-condition.ts';
import { testValue } from './test-value.ts';
import type { TypedValue } from './typed-value.ts';
import type { Verdict } from './verdict.ts';

/** One profile in memory: the values of all its tables, by attribute id. */
export interface EvaluatedProfile {
  readonly values: ReadonlyMap<number, TypedValue>;
  readonly now: Date;
}

/**
 * Does the profile meet the conditions? Unknown, too, means that it is not in the audience. The logic is that of
 * Optimizely's SDKs and of SQL: `and` is false when one part is false, else unknown when one is; `or` is true when
 * one part is true, else unknown when one is; `not` unknown is unknown.
 *
 * @example evaluate(condition, { values: new Map([[34, 501n]]), now: new Date() }) === true
 */
export function evaluate(condition: BoundCondition, profile: EvaluatedProfile): Verdict {
  switch (condition.kind) {
    case 'and':
      return combine(condition.conditions, { profile, decisive: false });
    case 'or':
      return combine(condition.conditions, { profile, decisive: true });
    case 'not':
      return negate(evaluate(condition.condition, profile));
    case 'attribute':
      return evaluateRule(condition, profile);
    case 'audience':
      return evaluate(condition.condition, profile);
    case 'unknown':
      return null;
  }
}

/** @example evaluateRule(rule, { values: new Map(), now }) // null, or false for `exists` */
export function evaluateRule({ attribute, test }: BoundRule, profile: EvaluatedProfile): Verdict {
  const value = profile.values.get(attribute.id) ?? null;
  return testValue(test, { type: attribute.type, value, now: profile.now });
}

/** @example negate(null) // null */
export function negate(verdict: Verdict): Verdict {
  return verdict === null ? null : !verdict;
}

interface CombineOptions {
  readonly profile: EvaluatedProfile;
  /** The verdict that settles the group as soon as one part has it. */
  readonly decisive: boolean;
}

function combine(
  conditions: readonly BoundCondition[],
  { profile, decisive }: CombineOptions,
): Verdict {
  let verdict: Verdict = !decisive;
  for (const condition of conditions) {
    const part = evaluate(condition, profile);
    if (part === decisive) return decisive;
    if (part === null) verdict = null;
  }
  return verdict;
}
