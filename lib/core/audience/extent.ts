import type { ConditionValue } from './condition.ts';
import {
  MAX_EXPANDED_DEPTH,
  MAX_EXPANDED_LENGTH,
  MAX_EXPANDED_PLACES,
  MAX_EXPANDED_RULES,
} from './limits.ts';

/** How large a tree is with the conditions of other audiences written out, as it is evaluated and compiled. */
export interface Extent {
  readonly rules: number;
  /** Rules, groups, negations and references: each costs something, also a group that nothing is in. */
  readonly places: number;
  readonly depth: number;
  /** Characters of all values. */
  readonly length: number;
}

/** Characters that a value that is not a text has at most, roughly. */
const lengthOfNumber = 20;

/** @example ruleExtent('gold') // { rules: 1, places: 1, depth: 0, length: 4 } */
export function ruleExtent(value: ConditionValue | null): Extent {
  return { rules: 1, places: 1, depth: 0, length: lengthOf(value) };
}

/** Of a group, a negation or a reference around these parts. @example extentAround([]) // one place, no rule */
export function extentAround(parts: readonly Extent[]): Extent {
  let [rules, places, depth, length] = [0, 1, 0, 0];
  for (const part of parts) {
    rules += part.rules;
    places += part.places;
    depth = Math.max(depth, part.depth);
    length += part.length;
  }
  return { rules, places, depth: depth + 1, length };
}

/** Of what there is too much, if it is too large. @example excessOf(ruleExtent('gold')) // null */
export function excessOf({ rules, places, depth, length }: Extent): string | null {
  if (rules > MAX_EXPANDED_RULES) return 'rules';
  if (depth > MAX_EXPANDED_DEPTH) return 'groups inside groups';
  if (places > MAX_EXPANDED_PLACES) return 'groups';
  return length > MAX_EXPANDED_LENGTH ? 'values' : null;
}

function lengthOf(value: ConditionValue | null): number {
  if (value === null) return 0;
  if (typeof value === 'string') return value.length;
  if (!isList(value)) return lengthOfNumber;
  return value.reduce<number>((sum, one) => sum + lengthOf(one), 0);
}

function isList(
  value: ConditionValue,
): value is readonly Exclude<ConditionValue, readonly unknown[]>[] {
  return Array.isArray(value);
}
