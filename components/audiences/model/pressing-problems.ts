import type { EditorGroup, EditorNode } from './editor-node.ts';
import type { RuleProblem } from './rule-problem.ts';
import { placeOf } from './to-condition.ts';

/** Problems that keep it from being saved: those of muted parts do not. */
export function pressingProblems(
  problems: ReadonlyMap<string, RuleProblem>,
  root: EditorGroup,
): ReadonlyMap<string, RuleProblem> {
  const muted = new Set<string>();
  const visit = (node: EditorNode, isMuted: boolean): void => {
    const isOff = isMuted || node.isMuted;
    if (isOff) muted.add(node.id);
    if (node.kind === 'group')
      node.children.forEach((child) => {
        visit(child, isOff);
      });
  };
  visit(root, false);
  return new Map([...problems].filter(([id]) => !muted.has(id)));
}

/** What only the server can see, such as an audience that would be in itself, at the rule that it is about. */
export function withServerFaults(
  problems: ReadonlyMap<string, RuleProblem>,
  nodes: ReadonlyMap<string, string>,
  fields: Readonly<Record<string, string>>,
): ReadonlyMap<string, RuleProblem> {
  const all = new Map(problems);
  for (const [field, message] of Object.entries(fields)) {
    const [head, ...steps] = field.split('.');
    if (head !== 'conditions') continue;
    const path = steps.filter((step) => /^\d+$/.test(step)).map(Number);
    const id = nodes.get(placeOf(path));
    if (id !== undefined) all.set(id, { kind: 'invalid', part: 'subject', message });
  }
  return all;
}
