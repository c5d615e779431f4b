import type { EditorGroup, EditorNode, EditorRule } from './editor-node.ts';

/** Where a node stands, or is to stand. */
export interface NodePlace {
  readonly groupId: string;
  readonly index: number;
}

export function findNode(node: EditorNode, id: string): EditorNode | null {
  if (node.id === id) return node;
  if (node.kind === 'rule') return null;
  for (const child of node.children) {
    const found = findNode(child, id);
    if (found) return found;
  }
  return null;
}

/** `null` for the root and for what is not in the tree. */
export function placeOfNode(group: EditorGroup, id: string): NodePlace | null {
  for (const [index, child] of group.children.entries()) {
    if (child.id === id) return { groupId: group.id, index };
    const place = child.kind === 'group' ? placeOfNode(child, id) : null;
    if (place) return place;
  }
  return null;
}

/** All rules, in the order in which they are read. */
export function rulesOf(node: EditorNode): readonly EditorRule[] {
  return node.kind === 'rule' ? [node] : node.children.flatMap(rulesOf);
}
