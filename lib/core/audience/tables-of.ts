import type { BoundCondition } from './bound-condition.ts';

/**
 * The tables whose values decide, those of the audiences that are referred to among them.
 *
 * @example tablesOf(condition) // Set { 12, 13 }
 */
export function tablesOf(condition: BoundCondition): ReadonlySet<number> {
  const tableIds = new Set<number>();
  const visit = (part: BoundCondition): void => {
    switch (part.kind) {
      case 'and':
      case 'or':
        part.conditions.forEach(visit);
        return;
      case 'not':
      case 'audience':
        visit(part.condition);
        return;
      case 'attribute':
        tableIds.add(part.attribute.tableId);
        return;
      case 'unknown':
    }
  };
  visit(condition);
  return tableIds;
}
