import fc from 'fast-check';
import { matchTypesOf } from '../bind-test.ts';
import type { CatalogAttribute } from '../bound-condition.ts';
import type { AttributeCondition, Condition, ConditionValue, MatchType } from '../condition.ts';
import { textParts } from './value-families.ts';

/** An attribute, and the few values that rows and rules take turns with, so that they often meet. */
export interface PooledAttribute {
  readonly attribute: CatalogAttribute;
  readonly pool: readonly string[];
}

export interface ConditionVocabulary {
  readonly attributes: readonly PooledAttribute[];
  readonly audienceIds: readonly number[];
}

/** Trees of every shape over what there is; now and then a rule that no builder would make. */
export function arbitraryCondition(vocabulary: ConditionVocabulary): fc.Arbitrary<Condition> {
  const leaf = arbitraryLeaf(vocabulary);
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'condition' },
      { arbitrary: leaf, weight: 5 },
      { arbitrary: arbitraryGroup(tie('condition')), weight: 4 },
      {
        arbitrary: tie('condition').map((part): Condition => ({ kind: 'not', condition: part })),
        weight: 2,
      },
    ),
  }));
  return condition;
}

function arbitraryGroup(part: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> {
  return fc.record({
    kind: fc.constantFrom('and', 'or'),
    conditions: fc.array(part, { minLength: 1, maxLength: 4 }),
  });
}

function arbitraryLeaf({ attributes, audienceIds }: ConditionVocabulary): fc.Arbitrary<Condition> {
  const rules = attributes.map(arbitraryRule);
  const audiences = audienceIds.map((audienceId): Condition => ({ kind: 'audience', audienceId }));
  const stranger: Condition = {
    ...{ kind: 'attribute', tableId: 1, attributeId: 999_999, match: 'exists' },
    ...{ value: null, ignoreCase: false },
  };
  return fc.oneof(
    { arbitrary: fc.oneof(...rules), weight: 20 },
    { arbitrary: fc.constantFrom(...audiences, stranger), weight: 1 },
  );
}

/** A rule that fits the attribute. */
function arbitraryRule({ attribute, pool }: PooledAttribute): fc.Arbitrary<AttributeCondition> {
  const { id, tableId, type } = attribute;
  const matches: readonly MatchType[] = matchTypesOf[type];
  return fc.constantFrom(...matches).chain((match) =>
    fc.record({
      kind: fc.constant('attribute' as const),
      tableId: fc.constant(tableId),
      attributeId: fc.constant(id),
      match: fc.constant(match),
      value: arbitraryValue(match, pool),
      ignoreCase: type === 'string' && match !== 'exists' ? fc.boolean() : fc.constant(false),
    }),
  );
}

function arbitraryValue(
  match: MatchType,
  pool: readonly string[],
): fc.Arbitrary<ConditionValue | null> {
  const one = fc.constantFrom(...pool);
  switch (match) {
    case 'exists':
      return fc.constant(null);
    case 'any_of':
      return fc.array(one, { minLength: 1, maxLength: 4 });
    case 'between':
      return fc.tuple(one, one).map((ends) => ends.sort(byValue));
    case 'in_last_days':
    case 'in_next_days':
      return fc.constantFrom(1, 2, 7, 365, 366, 36_500);
    case 'anniversary':
      return fc.oneof(
        fc.constantFrom('today', 'today', '02-28', '02-29', '12-31'),
        fc.tuple(one.map(dayOf), fc.constantFrom(0, 1)).map(anniversaryOf),
      );
    case 'on':
      return one.map(dayOf);
    case 'before':
    case 'after':
      return fc.tuple(one, fc.boolean()).map(([value, asDay]) => (asDay ? dayOf(value) : value));
    case 'substring':
    case 'starts_with':
    case 'ends_with':
      return fc.constantFrom(...textParts, ...pool.filter((text) => text !== ''));
    default:
      return one;
  }
}

/** The day of a date, a time or an epoch that the calendar knows. */
function dayOf(value: string): string {
  if (!/^\d+$/.test(value)) return value.slice(0, 10);
  const date = new Date(Number(value) * 1000);
  const isKnown = date.getTime() <= Date.parse('9999-12-31T23:59:59Z');
  return isKnown ? date.toISOString().slice(0, 10) : '9999-12-31';
}

/** The day of a year, as many months earlier. */
function anniversaryOf([day, monthsEarlier]: [string, number]): string {
  const [, month, dayOfMonth] = day.split('-').map(Number);
  const date = new Date(Date.UTC(2000, Number(month) - 1 - monthsEarlier, dayOfMonth));
  return date.toISOString().slice(5, 10);
}

/** Numbers by size, dates as they are written. */
function byValue(left: string, right: string): number {
  const difference = Number(left) - Number(right);
  if (Number.isNaN(difference)) return left < right ? -1 : 1;
  return difference;
}
