import type { BoundCondition, CatalogAttribute } from './bound-condition.ts';

/**
 * The attributes whose values decide, those of the audiences that are referred to among them; one may be there several
 * times.
 *
 * @example attributesOf(condition).map(({ name }) => name) // ['ltv', 'city', 'ltv']
 */
export function attributesOf(condition: BoundCondition): CatalogAttribute[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.conditions.flatMap(attributesOf);
    case 'not':
    case 'audience':
      return attributesOf(condition.condition);
    case 'attribute':
      return [condition.attribute];
    case 'unknown':
      return [];
  }
}
