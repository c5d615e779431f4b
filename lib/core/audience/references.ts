import type { Condition } from './condition.ts';

/** What a tree names itself; not what the audiences it refers to name. */
export interface References {
  readonly attributeIds: ReadonlySet<number>;
  readonly tableIds: ReadonlySet<number>;
  readonly audienceIds: ReadonlySet<number>;
}

/**
 * Which attributes, tables and audiences a tree uses: for "where used", and for what to read.
 *
 * @example references(condition).attributeIds // Set { 34, 35 }
 */
export function references(condition: Condition): References {
  const found = {
    attributeIds: new Set<number>(),
    tableIds: new Set<number>(),
    audienceIds: new Set<number>(),
  };
  const visit = (part: Condition): void => {
    switch (part.kind) {
      case 'and':
      case 'or':
        part.conditions.forEach(visit);
        return;
      case 'not':
        visit(part.condition);
        return;
      case 'attribute':
        found.attributeIds.add(part.attributeId);
        found.tableIds.add(part.tableId);
        return;
      case 'audience':
        found.audienceIds.add(part.audienceId);
    }
  };
  visit(condition);
  return found;
}
