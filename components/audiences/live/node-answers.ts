import { useSyncExternalStore } from 'react';
import type {
  AudienceExplanation,
  AudienceSizeResponse,
  verdicts,
} from '#lib/contracts/audiences.ts';
import type { ConditionPath } from '#lib/core/audience/condition-fault.ts';
import { placeOf } from '../model/to-condition.ts';
import { KeyedStore } from './keyed-store.ts';

/** What a rule or group keeps. */
export interface NodeCount {
  readonly size: number;
  /** In a group of ALL: what it and everything before it keep. */
  readonly remaining: number | null;
  readonly total: number;
  readonly isExact: boolean;
}

/** How a rule or group came out for the customer that is tested. */
export interface NodeVerdict {
  readonly verdict: (typeof verdicts)[number];
  /** Of a rule on an attribute: the customer's own value; `null` without one. */
  readonly actual: string | null;
  readonly isAttribute: boolean;
}

/** Answers by the node that they are about, beside the tree: an answer must not draw the whole tree again. */
export interface NodeAnswers {
  readonly counts: KeyedStore<NodeCount>;
  readonly verdicts: KeyedStore<NodeVerdict>;
  /** `stale` is there while the counts belong to conditions that have changed. */
  readonly states: KeyedStore<true>;
}

export function createNodeAnswers(): NodeAnswers {
  return {
    counts: new KeyedStore<NodeCount>(
      (left, right) =>
        left.size === right.size &&
        left.remaining === right.remaining &&
        left.total === right.total &&
        left.isExact === right.isExact,
    ),
    verdicts: new KeyedStore<NodeVerdict>(
      (left, right) =>
        left.verdict === right.verdict &&
        left.actual === right.actual &&
        left.isAttribute === right.isAttribute,
    ),
    states: new KeyedStore<true>(Object.is),
  };
}

export function useAnswer<Value>(store: KeyedStore<Value>, nodeId: string): Value | undefined {
  return useSyncExternalStore(
    store.subscribe,
    () => store.get(nodeId),
    () => undefined,
  );
}

/** @param places where each node stands in the conditions that were counted. */
export function countsByNode(
  { nodes, total, isExact }: AudienceSizeResponse,
  places: ReadonlyMap<string, ConditionPath>,
): ReadonlyMap<string, NodeCount> {
  const byPlace = new Map(nodes?.map((node) => [placeOf(node.path), node]));
  const counts = new Map<string, NodeCount>();
  for (const [id, path] of places) {
    const node = byPlace.get(placeOf(path));
    if (node) counts.set(id, { size: node.size, remaining: node.remaining, total, isExact });
  }
  return counts;
}

/** @param places where each node stands in the conditions that were asked. */
export function verdictsByNode(
  explanation: AudienceExplanation,
  places: ReadonlyMap<string, ConditionPath>,
): ReadonlyMap<string, NodeVerdict> {
  const byPlace = new Map<string, AudienceExplanation>();
  const visit = (part: AudienceExplanation): void => {
    byPlace.set(placeOf(part.path), part);
    // Below an audience the places are those of its own conditions.
    if (part.kind !== 'audience') part.parts.forEach(visit);
  };
  visit(explanation);
  const verdicts = new Map<string, NodeVerdict>();
  for (const [id, path] of places) {
    const part = byPlace.get(placeOf(path));
    if (!part) continue;
    const { actual, kind } = innermost(part);
    verdicts.set(id, { verdict: part.verdict, actual, isAttribute: kind === 'attribute' });
  }
  return verdicts;
}

/** A negative rule is stored as "not" around the positive one, which has the value. */
function innermost(part: AudienceExplanation): AudienceExplanation {
  const [inner] = part.parts;
  return part.kind === 'not' && inner ? innermost(inner) : part;
}
