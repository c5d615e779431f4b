import type { ExactNumber } from '../datatypes/exact-number.ts';

/**
 * How a rule compares, as `match_type` in the JSON form. Only positive ones: "is not", "does not contain"
 * and "has no value" are `["not", rule]`, as Optimizely writes them.
 */
export const matchTypes = [
  'exists',
  'exact',
  'any_of',
  'substring',
  'starts_with',
  'ends_with',
  'lt',
  'le',
  'gt',
  'ge',
  'between',
  'on',
  'before',
  'after',
  'in_last_days',
  'in_next_days',
  'anniversary',
] as const;
export type MatchType = (typeof matchTypes)[number];

/** A value as JSON has it; a long number keeps its digits. */
export type Scalar = string | number | boolean | ExactNumber;
export type ConditionValue = Scalar | readonly Scalar[];

/** Holds when all (`and`) or at least one (`or`) of its conditions hold. */
interface GroupCondition {
  readonly kind: 'and' | 'or';
  readonly conditions: readonly Condition[];
}

interface NotCondition {
  readonly kind: 'not';
  readonly condition: Condition;
}

/** A rule on one attribute of a table. */
export interface AttributeCondition {
  readonly kind: 'attribute';
  readonly tableId: number;
  readonly attributeId: number;
  readonly match: MatchType;
  /** `null` where the match type takes none. */
  readonly value: ConditionValue | null;
  readonly ignoreCase: boolean;
}

/** In another audience; the same as if that audience's conditions stood here. */
interface AudienceCondition {
  readonly kind: 'audience';
  readonly audienceId: number;
}

/**
 * What an audience asks, before anybody looked whether its attributes exist. An empty `or` is the audience
 * that nobody is in.
 */
export type Condition = GroupCondition | NotCondition | AttributeCondition | AudienceCondition;
