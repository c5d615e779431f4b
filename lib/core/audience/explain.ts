import type { BoundCondition, CatalogAttribute } from './bound-condition.ts';
import type { ConditionPath } from './condition-fault.ts';
import { evaluate, evaluateRule, type EvaluatedProfile } from './evaluate.ts';
import type { TypedValue } from './typed-value.ts';
import type { Verdict } from './verdict.ts';

/** A tree with what came out at every place of it for one profile. */
export interface Explanation {
  readonly path: ConditionPath;
  readonly verdict: Verdict;
  readonly detail:
    | { readonly kind: 'and' | 'or' | 'not'; readonly parts: readonly Explanation[] }
    /** `actual` is the profile's own value, `null` when it has none. */
    | {
        readonly kind: 'attribute';
        readonly attribute: CatalogAttribute;
        readonly actual: TypedValue | null;
      }
    /** Paths of its parts are those of the other audience. */
    | {
        readonly kind: 'audience';
        readonly audience: { readonly id: number; readonly name: string };
        readonly parts: readonly Explanation[];
      }
    | { readonly kind: 'unknown'; readonly reason: string };
}

/**
 * Why a profile is in the audience or not: every rule with its verdict and the profile's actual value.
 *
 * @example explain(condition, { values: new Map([[34, 501n]]), now }).verdict // as `evaluate`
 */
export function explain(condition: BoundCondition, profile: EvaluatedProfile): Explanation {
  const { path } = condition;
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const parts = condition.conditions.map((part) => explain(part, profile));
      return {
        path,
        verdict: evaluate(condition, profile),
        detail: { kind: condition.kind, parts },
      };
    }
    case 'not': {
      const parts = [explain(condition.condition, profile)];
      return { path, verdict: evaluate(condition, profile), detail: { kind: 'not', parts } };
    }
    case 'attribute': {
      const { attribute } = condition;
      const actual = profile.values.get(attribute.id) ?? null;
      const verdict = evaluateRule(condition, profile);
      return { path, verdict, detail: { kind: 'attribute', attribute, actual } };
    }
    case 'audience': {
      const part = explain(condition.condition, profile);
      const { audience } = condition;
      return { path, verdict: part.verdict, detail: { kind: 'audience', audience, parts: [part] } };
    }
    case 'unknown':
      return { path, verdict: null, detail: { kind: 'unknown', reason: condition.reason } };
  }
}
