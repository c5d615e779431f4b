import { serialiseConditions } from '#lib/core/audience/serialise-conditions.ts';
import type { EditorGroup, EditorRule } from './editor-node.ts';
import { toCondition } from './to-condition.ts';

/** The tree as JSON for people to read and change: with rules that are wrong, without those that ask nothing yet. */
export function codeText(root: EditorGroup): string {
  const { condition } = toCondition(root, hasSubject);
  return condition ? serialiseConditions(condition) : '[]';
}

function hasSubject({ subject }: EditorRule): boolean {
  return subject !== null && !(subject.kind === 'audience' && subject.audienceId === null);
}
