import { matchTypesOf } from '#lib/core/audience/bind-test.ts';
import type { MatchType } from '#lib/core/audience/condition.ts';
import type { ValueType } from '#lib/core/datatypes/types.ts';

/** A comparison as people choose it: a match type, or its negative. */
export interface Operator {
  readonly match: MatchType;
  readonly isNegated: boolean;
  readonly words: string;
}

type Words = readonly [positive: string, negative: string];

const textWords: Partial<Record<MatchType, Words>> = {
  exact: ['is', 'is not'],
  any_of: ['is any of', 'is not any of'],
  substring: ['contains', 'does not contain'],
  starts_with: ['starts with', 'does not start with'],
  ends_with: ['ends with', 'does not end with'],
};

const numberWords: Partial<Record<MatchType, Words>> = {
  exact: ['is', 'is not'],
  any_of: ['is any of', 'is not any of'],
  lt: ['is less than', 'is not less than'],
  le: ['is at most', 'is not at most'],
  gt: ['is more than', 'is not more than'],
  ge: ['is at least', 'is not at least'],
  between: ['is between', 'is not between'],
};

const timeWords: Partial<Record<MatchType, Words>> = {
  on: ['is on', 'is not on'],
  before: ['is before', 'is on or after'],
  after: ['is after', 'is on or before'],
  between: ['is between', 'is not between'],
  in_last_days: ['is in the last', 'is not in the last'],
  in_next_days: ['is in the next', 'is not in the next'],
  anniversary: ['has its anniversary', 'does not have its anniversary'],
};

const wordsOf: Record<ValueType, Partial<Record<MatchType, Words>>> = {
  string: textWords,
  bool: { exact: ['is', 'is not'] },
  long: numberWords,
  double: numberWords,
  date: timeWords,
  datetime: timeWords,
  epoch: timeWords,
};

const existsWords: Words = ['has a value', 'has no value'];

/** Negatives that say the same as a positive in the list: "is not less than" is "is at least". */
const plainer: ReadonlySet<MatchType> = new Set(['lt', 'le', 'gt', 'ge']);

/** What people choose from, in that order. */
export function operatorsOf(type: ValueType): readonly Operator[] {
  const matches: readonly MatchType[] = matchTypesOf[type];
  return matches.flatMap((match) => {
    const positive = operatorOf(type, match, false);
    const hasNegative = !plainer.has(match) && !(type === 'bool' && match === 'exact');
    return hasNegative ? [positive, operatorOf(type, match, true)] : [positive];
  });
}

/** Any comparison in words, those that the list leaves out, too. */
export function operatorOf(type: ValueType, match: MatchType, isNegated: boolean): Operator {
  const [positive, negative] = wordsFor(type, match);
  return { match, isNegated, words: isNegated ? negative : positive };
}

function wordsFor(type: ValueType, match: MatchType): Words {
  if (match === 'exists') return existsWords;
  return wordsOf[type][match] ?? [match, `not ${match}`];
}

/** The operator as one word, for lists to choose from. */
export function operatorKey({ match, isNegated }: Pick<Operator, 'match' | 'isNegated'>): string {
  return isNegated ? `not ${match}` : match;
}

/** What kind of value a comparison asks for. */
export type ValueArity = 'none' | 'one' | 'two' | 'many' | 'days' | 'anniversary';

export function arityOf(match: MatchType): ValueArity {
  switch (match) {
    case 'exists':
      return 'none';
    case 'any_of':
      return 'many';
    case 'between':
      return 'two';
    case 'in_last_days':
    case 'in_next_days':
      return 'days';
    case 'anniversary':
      return 'anniversary';
    default:
      return 'one';
  }
}
