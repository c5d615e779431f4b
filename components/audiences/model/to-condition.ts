import type { Condition, ConditionValue, MatchType } from '#lib/core/audience/condition.ts';
import { formatPath, type ConditionPath } from '#lib/core/audience/condition-fault.ts';
import type { EditorGroup, EditorNode, EditorRule } from './editor-node.ts';

/** What the editor holds, as it is stored and counted. */
export interface WrittenTree {
  /** `null` when no rule is left to ask about. */
  readonly condition: Condition | null;
  /** The node at each place of the stored form, by the place as text; see `placeOf`. */
  readonly nodes: ReadonlyMap<string, string>;
  /** The place of each node that is in the stored form: of its `not`, where it has one. */
  readonly places: ReadonlyMap<string, ConditionPath>;
}

/** @example placeOf([1, 2]) // 'conditions[1][2]' */
export const placeOf: (path: ConditionPath) => string = formatPath;

/**
 * Writes the tree without what is muted, without rules that `isCounted` refuses, and without groups that are empty
 * then: they neither widen nor narrow the audience.
 */
export function toCondition(
  root: EditorGroup,
  isCounted: (rule: EditorRule) => boolean,
): WrittenTree {
  const kept = prune(root, isCounted);
  if (!kept) return { condition: null, nodes: new Map(), places: new Map() };
  const writer = new TreeWriter();
  const condition = writer.write(kept, []);
  return { condition, nodes: writer.nodes, places: writer.places };
}

function prune(node: EditorNode, isCounted: (rule: EditorRule) => boolean): EditorNode | null {
  if (node.isMuted) return null;
  if (node.kind === 'rule') return isCounted(node) ? node : null;
  const children = node.children.flatMap((child) => prune(child, isCounted) ?? []);
  return children.length === 0 ? null : { ...node, children };
}

class TreeWriter {
  readonly nodes = new Map<string, string>();
  readonly places = new Map<string, ConditionPath>();

  write(node: EditorNode, path: ConditionPath): Condition {
    this.places.set(node.id, path);
    this.nodes.set(placeOf(path), node.id);
    if (!isNegative(node)) return this.#writePositive(node, path);
    const inner = [...path, 1];
    this.nodes.set(placeOf(inner), node.id);
    return { kind: 'not', condition: this.#writePositive(node, inner) };
  }

  #writePositive(node: EditorNode, path: ConditionPath): Condition {
    if (node.kind === 'rule') return writeRule(node);
    const conditions = node.children.map((child, index) => this.write(child, [...path, index + 1]));
    const kind = node.mode === 'all' || node.mode === 'not-all' ? 'and' : 'or';
    return { kind, conditions };
  }
}

function isNegative(node: EditorNode): boolean {
  return node.kind === 'rule' ? node.isNegated : node.mode === 'none' || node.mode === 'not-all';
}

/** A rule without a subject is never written; see `ruleProblem`. */
function writeRule({ subject, match, values, ignoreCase }: EditorRule): Condition {
  if (subject === null) throw new Error('A rule without a subject cannot be written.');
  if (subject.kind === 'audience') {
    if (subject.audienceId === null) throw new Error('A rule without an audience is not written.');
    return { kind: 'audience', audienceId: subject.audienceId };
  }
  const { tableId, attributeId } = subject;
  const value = valueOf(match, values);
  return { kind: 'attribute', tableId, attributeId, match, value, ignoreCase };
}

function valueOf(match: MatchType, values: EditorRule['values']): ConditionValue | null {
  if (match === 'exists') return null;
  if (match === 'any_of' || match === 'between') return values;
  return values[0] ?? null;
}

/** As a condition of its own, for checks of one rule. */
export function conditionOfRule(rule: EditorRule): Condition {
  return writeRule(rule);
}
