import { useDebounced } from '#components/use-debounced.ts';
import type { ConditionPath } from '#lib/core/audience/condition-fault.ts';
import type { EditorGroup } from '../model/editor-node.ts';

/** What is asked about while the tree changes. */
export interface Question {
  readonly projectId: number;
  readonly audienceId: number | undefined;
  readonly root: EditorGroup;
  /** The tree as text, without what is muted or unfinished; `null` when nothing is left. */
  readonly conditions: string | null;
  /** Where each node stands in them. */
  readonly places: ReadonlyMap<string, ConditionPath>;
}

const TYPING_PAUSE = 300;

/** Once nobody types any more. `isSettled`: it is what stands in the tree now. */
export function useSettledQuestion(question: Question) {
  const settled = useDebounced(question, TYPING_PAUSE);
  return { settled, isSettled: settled.conditions === question.conditions };
}

/** The part that is sent. */
export function bodyOf({ projectId, audienceId, conditions }: Question) {
  return {
    projectId,
    ...(audienceId === undefined ? {} : { audienceId }),
    conditions: conditions ?? '[]',
  };
}
