import type { Condition } from './condition.ts';
import { serialiseConditions } from './serialise-conditions.ts';

/**
 * The same question in its plainest form: groups of one and groups inside the same kind of group dissolve, a
 * double `not` cancels, what stands twice in a group stands once. The order stays. Two trees that normalise to
 * the same are the same audience; two that do not may still be.
 *
 * @example normalise(parsed) // ['and', ['and', a, b], ['or', a], a] becomes ['and', a, b]
 */
export function normalise(condition: Condition): Condition {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const { kind } = condition;
      const parts = condition.conditions.map(normalise);
      const flat = parts.flatMap((part) => (part.kind === kind ? part.conditions : [part]));
      const unique = [...new Map(flat.map((part) => [serialiseConditions(part), part])).values()];
      const [only] = unique;
      return unique.length === 1 && only ? only : { kind, conditions: unique };
    }
    case 'not': {
      const inner = normalise(condition.condition);
      return inner.kind === 'not' ? inner.condition : { kind: 'not', condition: inner };
    }
    default:
      return condition;
  }
}
