import type { AudienceExplanation } from '../../../contracts/audiences.ts';
import type { BoundCondition } from '../../../core/audience/bound-condition.ts';
import { describe } from '../../../core/audience/describe.ts';
import type { Explanation } from '../../../core/audience/explain.ts';
import type { Verdict } from '../../../core/audience/verdict.ts';

const longestWords = 300;

/** @param texts the profile's values by attribute id, as people write them. */
export function toExplanationResponse(
  condition: BoundCondition,
  { path, verdict, detail }: Explanation,
  texts: ReadonlyMap<number, string>,
): AudienceExplanation {
  const words = describe(condition);
  const conditions = partsOf(condition);
  const parts = 'parts' in detail ? detail.parts : [];
  return {
    path: [...path],
    kind: detail.kind,
    verdict: verdictWord(verdict),
    words: words.length > longestWords ? `${words.slice(0, longestWords)}…` : words,
    actual: detail.kind === 'attribute' ? (texts.get(detail.attribute.id) ?? null) : null,
    reason: detail.kind === 'unknown' ? detail.reason : null,
    parts: parts.flatMap((part, index) => {
      const inner = conditions[index];
      return inner ? [toExplanationResponse(inner, part, texts)] : [];
    }),
  };
}

function partsOf(condition: BoundCondition): readonly BoundCondition[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.conditions;
    case 'not':
    case 'audience':
      return [condition.condition];
    case 'attribute':
    case 'unknown':
      return [];
  }
}

function verdictWord(verdict: Verdict): AudienceExplanation['verdict'] {
  if (verdict === null) return 'unknown';
  return verdict ? 'held' : 'not';
}
