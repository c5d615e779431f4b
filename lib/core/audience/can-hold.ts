import type { BoundCondition } from './bound-condition.ts';
import { negate } from './evaluate.ts';
import type { Verdict } from './verdict.ts';

/**
 * Could anybody who has rows in these tables only be in the audience? Says yes when in doubt; a no lets a query
 * leave out whole tables.
 *
 * @param has the tables that such a profile may have values of.
 * @example canHold(condition, new Set()) // true for "has no value", false for "is more than 5"
 */
export function canHold(condition: BoundCondition, has: ReadonlySet<number>): boolean {
  return possibleVerdicts(condition, has).has(true);
}

function possibleVerdicts(
  condition: BoundCondition,
  has: ReadonlySet<number>,
): ReadonlySet<Verdict> {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const decisive = condition.kind === 'or';
      const start: ReadonlySet<Verdict> = new Set([!decisive]);
      return condition.conditions.reduce(
        (all, part) => combinations(all, possibleVerdicts(part, has), decisive),
        start,
      );
    }
    case 'not':
      return new Set([...possibleVerdicts(condition.condition, has)].map(negate));
    case 'audience':
      return possibleVerdicts(condition.condition, has);
    case 'unknown':
      return new Set([null]);
    case 'attribute': {
      const isPresence = condition.test.kind === 'exists';
      if (!has.has(condition.attribute.tableId)) return new Set([isPresence ? false : null]);
      return new Set(isPresence ? [true, false] : [true, false, null]);
    }
  }
}

function combinations(
  left: ReadonlySet<Verdict>,
  right: ReadonlySet<Verdict>,
  decisive: boolean,
): ReadonlySet<Verdict> {
  const combined = new Set<Verdict>();
  for (const one of left) {
    for (const other of right) {
      if (one === decisive || other === decisive) combined.add(decisive);
      else combined.add(one === null || other === null ? null : !decisive);
    }
  }
  return combined;
}
