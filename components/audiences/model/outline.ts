import type { AudienceCatalog } from '#lib/core/audience/bound-condition.ts';
import type { EditorNode } from './editor-node.ts';
import { modeWords, ruleSentence } from './node-words.ts';

/** The tree in words, a line for each part, indented by depth. */
export function outline(root: EditorNode, catalog: AudienceCatalog): readonly string[] {
  return linesOf(root, catalog, 0);
}

function linesOf(node: EditorNode, catalog: AudienceCatalog, depth: number): string[] {
  const indent = '    '.repeat(depth);
  const muted = node.isMuted ? ' (muted)' : '';
  if (node.kind === 'rule') return [`${indent}${ruleSentence(node, catalog)}${muted}`];
  return [
    `${indent}${modeWords[node.mode].short} of${muted}`,
    ...node.children.flatMap((child) => linesOf(child, catalog, depth + 1)),
  ];
}

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Which lines went and which came, by the longest common part. */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const lengths = commonLengths(before, after);
  const lines: DiffLine[] = [];
  let old = 0;
  let now = 0;
  while (old < before.length || now < after.length) {
    const [was, is] = [before[old], after[now]];
    if (was !== undefined && was === is) {
      lines.push({ kind: 'same', text: was });
      old += 1;
      now += 1;
    } else if (
      was !== undefined &&
      (is === undefined || at(lengths, old + 1, now) >= at(lengths, old, now + 1))
    ) {
      lines.push({ kind: 'removed', text: was });
      old += 1;
    } else if (is !== undefined) {
      lines.push({ kind: 'added', text: is });
      now += 1;
    }
  }
  return lines;
}

/** How many lines the rests from here on have in common. */
function commonLengths(before: readonly string[], after: readonly string[]): number[][] {
  const lengths = Array.from({ length: before.length + 1 }, () =>
    Array.from({ length: after.length + 1 }, () => 0),
  );
  for (let old = before.length - 1; old >= 0; old--) {
    for (let now = after.length - 1; now >= 0; now--) {
      const row = lengths[old];
      if (!row) continue;
      row[now] =
        before[old] === after[now]
          ? at(lengths, old + 1, now + 1) + 1
          : Math.max(at(lengths, old + 1, now), at(lengths, old, now + 1));
    }
  }
  return lengths;
}

function at(lengths: readonly (readonly number[])[], old: number, now: number): number {
  return lengths[old]?.[now] ?? 0;
}
