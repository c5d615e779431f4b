import { attributesOf } from './attributes-of.ts';
import type { BoundCondition } from './bound-condition.ts';

/**
 * The tables whose values decide, those of the audiences that are referred to among them.
 *
 * @example tablesOf(condition) // Set { 12, 13 }
 */
export function tablesOf(condition: BoundCondition): ReadonlySet<number> {
  return new Set(attributesOf(condition).map(({ tableId }) => tableId));
}
