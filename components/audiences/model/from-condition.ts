import type { Condition, ConditionValue, Scalar } from '#lib/core/audience/condition.ts';
import type { EditorGroup, EditorNode, EditorRule, GroupMode } from './editor-node.ts';

/**
 * The tree as the editor shows it: "not" of a rule becomes the rule's own negative, "not" of a group the group's,
 * and two "not" in a row cancel, which changes nobody's verdict. Ids are places, so the same tree gets the same.
 */
export function fromCondition(condition: Condition): EditorGroup {
  const node = read(condition, { id: 'root', isNegated: false });
  if (node.kind === 'group') return node;
  return groupOf('all', [{ ...node, id: 'root.0' }], 'root');
}

interface Place {
  readonly id: string;
  readonly isNegated: boolean;
}

function read(condition: Condition, { id, isNegated }: Place): EditorNode {
  switch (condition.kind) {
    case 'not':
      return read(condition.condition, { id, isNegated: !isNegated });
    case 'and':
    case 'or': {
      const children = condition.conditions.map((part, index) =>
        read(part, { id: `${id}.${index}`, isNegated: false }),
      );
      return groupOf(modeOf(condition.kind, isNegated), children, id);
    }
    case 'audience': {
      const subject = { kind: 'audience', audienceId: condition.audienceId } as const;
      return { ...blank(id), subject, isNegated };
    }
    case 'attribute': {
      const { tableId, attributeId, match, value, ignoreCase } = condition;
      return {
        ...blank(id),
        subject: { kind: 'attribute', tableId, attributeId },
        isNegated,
        match,
        values: listOf(value),
        ignoreCase,
      };
    }
  }
}

function modeOf(kind: 'and' | 'or', isNegated: boolean): GroupMode {
  if (kind === 'and') return isNegated ? 'not-all' : 'all';
  return isNegated ? 'none' : 'any';
}

function groupOf(mode: GroupMode, children: readonly EditorNode[], id: string): EditorGroup {
  return { kind: 'group', id, isMuted: false, mode, children };
}

function blank(id: string): Omit<EditorRule, 'subject'> {
  return {
    kind: 'rule',
    id,
    isMuted: false,
    isNegated: false,
    match: 'exact',
    values: [],
    ignoreCase: false,
  };
}

function listOf(value: ConditionValue | null): readonly Scalar[] {
  if (value === null) return [];
  return isList(value) ? value : [value];
}

function isList(value: ConditionValue): value is readonly Scalar[] {
  return Array.isArray(value);
}
