import {
  newNodeId,
  type EditorGroup,
  type EditorNode,
  type EditorRule,
  type GroupMode,
} from './editor-node.ts';
import { findNode, placeOfNode, type NodePlace } from './find-node.ts';

/** Changes of the tree. Each returns a new root, or the same one when there is nothing to do. */

export function updateRule(
  root: EditorGroup,
  id: string,
  change: Partial<Omit<EditorRule, 'kind' | 'id'>>,
): EditorGroup {
  return replaceNode(root, id, (node) => (node.kind === 'rule' ? { ...node, ...change } : node));
}

export function setMode(root: EditorGroup, id: string, mode: GroupMode): EditorGroup {
  return replaceNode(root, id, (node) => (node.kind === 'group' ? { ...node, mode } : node));
}

export function setMuted(root: EditorGroup, id: string, isMuted: boolean): EditorGroup {
  return replaceNode(root, id, (node) => ({ ...node, isMuted }));
}

/** @param index the place among the group's children; past the end is the end. */
export function insertNode(root: EditorGroup, node: EditorNode, place: NodePlace): EditorGroup {
  return replaceNode(root, place.groupId, (group) => {
    if (group.kind !== 'group') return group;
    return { ...group, children: group.children.toSpliced(place.index, 0, node) };
  });
}

export function removeNode(root: EditorGroup, id: string): EditorGroup {
  const place = placeOfNode(root, id);
  if (!place) return root;
  return replaceNode(root, place.groupId, (group) => {
    if (group.kind !== 'group') return group;
    return { ...group, children: group.children.toSpliced(place.index, 1) };
  });
}

/** The copy, with ids of its own, stands right after. */
export function duplicateNode(root: EditorGroup, id: string): EditorGroup {
  const node = findNode(root, id);
  const place = placeOfNode(root, id);
  if (!node || !place) return root;
  return insertNode(root, withNewIds(node), { ...place, index: place.index + 1 });
}

function withNewIds(node: EditorNode): EditorNode {
  const id = newNodeId();
  return node.kind === 'rule'
    ? { ...node, id }
    : { ...node, id, children: node.children.map(withNewIds) };
}

/** Around the node a group of its own; it asks the same until something is added. */
export function groupNode(root: EditorGroup, id: string, groupId: string): EditorGroup {
  if (id === root.id) return root;
  return replaceNode(root, id, (node) => ({
    kind: 'group',
    id: groupId,
    isMuted: false,
    mode: 'any',
    children: [node],
  }));
}

/** The group's parts take its place. */
export function ungroupNode(root: EditorGroup, id: string): EditorGroup {
  const group = findNode(root, id);
  const place = placeOfNode(root, id);
  if (group?.kind !== 'group' || !place) return root;
  return replaceNode(root, place.groupId, (parent) => {
    if (parent.kind !== 'group') return parent;
    return { ...parent, children: parent.children.toSpliced(place.index, 1, ...group.children) };
  });
}

function replaceNode(
  root: EditorGroup,
  id: string,
  change: (node: EditorNode) => EditorNode,
): EditorGroup {
  const next = replaceIn(root, id, change);
  return next.kind === 'group' ? next : root;
}

/** What is not on the way to the node stays the same object, so that it need not be drawn again. */
function replaceIn(
  node: EditorNode,
  id: string,
  change: (node: EditorNode) => EditorNode,
): EditorNode {
  if (node.id === id) return change(node);
  if (node.kind === 'rule') return node;
  const children = node.children.map((child) => replaceIn(child, id, change));
  const isSame = children.every((child, index) => child === node.children[index]);
  return isSame ? node : { ...node, children };
}
