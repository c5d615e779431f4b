import type { BoundCondition } from './bound-condition.ts';
import type { ConditionPath } from './condition-fault.ts';

/** One place of a tree, and who may be asked for there. */
export interface Place {
  readonly path: ConditionPath;
  readonly condition: BoundCondition;
  /** Of a part of an "and": that group, and which of its parts this one is, from 0. Elsewhere `null`. */
  readonly within: { readonly group: AndGroup; readonly index: number } | null;
}

export type AndGroup = Extract<BoundCondition, { kind: 'and' | 'or' }>;

/**
 * Every place of a tree, the whole first, parts after their group. Another audience is one place: its own
 * conditions have paths of their own.
 *
 * @example placesOf(condition).map(({ path }) => path) // [[], [1], [2], [2, 1]]
 */
export function placesOf(condition: BoundCondition): Place[] {
  const places: Place[] = [];
  const visit = (part: BoundCondition, within: Place['within']): void => {
    places.push({ path: part.path, condition: part, within });
    switch (part.kind) {
      case 'and':
      case 'or':
        part.conditions.forEach((inner, index) =>
          visit(inner, part.kind === 'and' ? { group: part, index } : null),
        );
        return;
      case 'not':
        visit(part.condition, null);
        return;
      case 'attribute':
      case 'audience':
      case 'unknown':
    }
  };
  visit(condition, null);
  return places;
}
