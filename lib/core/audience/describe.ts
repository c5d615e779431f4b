import type { BoundCondition } from './bound-condition.ts';
import { describeTest } from './describe-test.ts';

/**
 * A tree in plain English, for lists and confirmations.
 *
 * @example describe(condition)
 * // 'Plan (CRM) is "gold" and (Visits (Web) is more than 5 or Last seen (Web) is in the last 7 days)'
 */
export function describe(condition: BoundCondition): string {
  return describePart(condition, { isNested: false });
}

interface Place {
  /** Inside a group, where another group needs parentheses. */
  readonly isNested: boolean;
}

function describePart(condition: BoundCondition, place: Place): string {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return describeGroup(condition.kind, condition.conditions, place);
    case 'not':
      return describeNot(condition.condition);
    case 'attribute':
    case 'audience':
    case 'unknown':
      return describeRule(condition, { isNegated: false });
  }
}

function describeGroup(
  kind: 'and' | 'or',
  conditions: readonly BoundCondition[],
  { isNested }: Place,
): string {
  const [only] = conditions;
  if (!only) return kind === 'and' ? 'everybody' : 'nobody';
  if (conditions.length === 1) return describePart(only, { isNested });
  const text = conditions.map((part) => describePart(part, { isNested: true })).join(` ${kind} `);
  return isNested ? `(${text})` : text;
}

/** "None of" for a group; for one rule the rule's own negative. */
function describeNot(condition: BoundCondition): string {
  switch (condition.kind) {
    case 'or': {
      const [only] = condition.conditions;
      if (!only) return 'everybody';
      if (condition.conditions.length === 1) return describeNot(only);
      return `none of (${condition.conditions.map((part) => describePart(part, { isNested: true })).join(', ')})`;
    }
    case 'and': {
      const [only] = condition.conditions;
      if (!only) return 'nobody';
      if (condition.conditions.length === 1) return describeNot(only);
      return `not all of (${condition.conditions.map((part) => describePart(part, { isNested: true })).join(', ')})`;
    }
    case 'not':
      return describePart(condition.condition, { isNested: true });
    case 'attribute':
    case 'audience':
    case 'unknown':
      return describeRule(condition, { isNegated: true });
  }
}

type Rule = Extract<BoundCondition, { kind: 'attribute' | 'audience' | 'unknown' }>;

function describeRule(rule: Rule, { isNegated }: { readonly isNegated: boolean }): string {
  switch (rule.kind) {
    case 'attribute': {
      const { name, tableName, type } = rule.attribute;
      return `${name} (${tableName}) ${describeTest(rule.test, { type, isNegated })}`;
    }
    case 'audience':
      return `${isNegated ? 'not in' : 'in'} the audience "${rule.audience.name}"`;
    case 'unknown':
      return `a rule that cannot be asked (${rule.reason})`;
  }
}
