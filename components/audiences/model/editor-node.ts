import type { MatchType, Scalar } from '#lib/core/audience/condition.ts';

/** How the parts of a group are joined. "Not all" is nobody's first choice, but a stored tree may say it. */
export const groupModes = ['all', 'any', 'none', 'not-all'] as const;
export type GroupMode = (typeof groupModes)[number];

/** What a rule asks about; an attribute or an audience that nobody has picked yet is `null`. */
type RuleSubject =
  | { readonly kind: 'attribute'; readonly tableId: number; readonly attributeId: number }
  | { readonly kind: 'audience'; readonly audienceId: number | null };

export interface EditorRule {
  readonly kind: 'rule';
  readonly id: string;
  /** Stays in the editor and is neither counted nor saved. */
  readonly isMuted: boolean;
  readonly subject: RuleSubject | null;
  readonly isNegated: boolean;
  readonly match: MatchType;
  /** As they were typed or stored: `between` has two, "is any of" any number, "has a value" none. */
  readonly values: readonly Scalar[];
  readonly ignoreCase: boolean;
}

export interface EditorGroup {
  readonly kind: 'group';
  readonly id: string;
  readonly isMuted: boolean;
  readonly mode: GroupMode;
  readonly children: readonly EditorNode[];
}

export type EditorNode = EditorRule | EditorGroup;

let created = 0;

/** For what is added while the page is open; what is read from storage is named after its place. */
export function newNodeId(): string {
  created += 1;
  return `new-${created}`;
}

export function emptyRule(): EditorRule {
  return {
    kind: 'rule',
    id: newNodeId(),
    isMuted: false,
    subject: null,
    isNegated: false,
    match: 'exact',
    values: [],
    ignoreCase: false,
  };
}

export function emptyGroup(children: readonly EditorNode[] = [emptyRule()]): EditorGroup {
  return { kind: 'group', id: newNodeId(), isMuted: false, mode: 'any', children };
}

/** What a new audience begins with: one rule to fill in. */
export function emptyTree(): EditorGroup {
  const rule = { ...emptyRule(), id: 'root.0' };
  return { kind: 'group', id: 'root', isMuted: false, mode: 'all', children: [rule] };
}
