import { insertNode, removeNode } from './edit-tree.ts';
import type { EditorGroup } from './editor-node.ts';
import { findNode, placeOfNode, type NodePlace } from './find-node.ts';

/** Puts the node where `place` is in the tree as it stands now. A group cannot move into itself. */
export function moveNode(root: EditorGroup, id: string, place: NodePlace): EditorGroup {
  const node = findNode(root, id);
  const from = placeOfNode(root, id);
  if (!node || !from || findNode(node, place.groupId)) return root;
  const isLaterInSameGroup = from.groupId === place.groupId && from.index < place.index;
  const index = isLaterInSameGroup ? place.index - 1 : place.index;
  if (from.groupId === place.groupId && from.index === index) return root;
  return insertNode(removeNode(root, id), node, { groupId: place.groupId, index });
}

/**
 * One step up or down in the order in which the tree is read: into the group that it meets, out of its own group at
 * the group's end. By steps a node gets everywhere, which is what keyboards need.
 */
export function stepNode(root: EditorGroup, id: string, step: -1 | 1): EditorGroup {
  const from = placeOfNode(root, id);
  const group = from && findNode(root, from.groupId);
  if (!from || group?.kind !== 'group') return root;
  const neighbour = group.children[from.index + step];
  if (neighbour?.kind === 'group') {
    const index = step === 1 ? 0 : neighbour.children.length;
    return moveNode(root, id, { groupId: neighbour.id, index });
  }
  if (neighbour) {
    const index = step === 1 ? from.index + 2 : from.index - 1;
    return moveNode(root, id, { groupId: group.id, index });
  }
  const around = placeOfNode(root, group.id);
  if (!around) return root;
  const index = step === 1 ? around.index + 1 : around.index;
  return moveNode(root, id, { groupId: around.groupId, index });
}
