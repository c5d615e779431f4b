import { useMemo } from 'react';
import { serialiseConditions } from '#lib/core/audience/serialise-conditions.ts';
import type { EditorCatalog } from '../model/editor-catalog.ts';
import type { EditorGroup } from '../model/editor-node.ts';
import { rulesOf } from '../model/find-node.ts';
import { ruleChecker, type RuleProblem } from '../model/rule-problem.ts';
import { toCondition, type WrittenTree } from '../model/to-condition.ts';

export interface CheckedTree extends WrittenTree {
  /** The stored form of what can be counted; `null` when that is nothing. */
  readonly text: string | null;
  readonly problems: ReadonlyMap<string, RuleProblem>;
}

/** The tree as it is stored and counted, and what keeps rules out of it. */
export function useWrittenTree(
  root: EditorGroup,
  catalog: EditorCatalog,
  audienceId: number | undefined,
): CheckedTree {
  const check = useMemo(() => ruleChecker({ catalog, audienceId }), [catalog, audienceId]);
  return useMemo(() => {
    const problems = new Map<string, RuleProblem>();
    for (const rule of rulesOf(root)) {
      const problem = check(rule);
      if (problem) problems.set(rule.id, problem);
    }
    const written = toCondition(root, (rule) => check(rule) === null);
    const text = written.condition && serialiseConditions(written.condition);
    return { ...written, text, problems };
  }, [root, check]);
}
