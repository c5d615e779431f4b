import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import {
  draggable,
  dropTargetForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useEffect, useRef, useState } from 'react';
import type { EditorNode } from '../model/editor-node.ts';
import { findNode } from '../model/find-node.ts';
import { moveNode } from '../model/move-node.ts';
import { useEditor } from './editor-context.tsx';

/** Where a dragged node would land: above or below this one, or at the end of this group. */
export type DropEdge = 'before' | 'after' | 'inside';

type NodeDragOptions = {
  node: EditorNode;
  /** The group that it is in, and its place there. */
  groupId: string;
  index: number;
  name: string;
};

/** Makes the element draggable by its handle, and a place to drop others at. */
export function useNodeDrag({ node, groupId, index, name }: NodeDragOptions) {
  const { edit, announce } = useEditor();
  const element = useRef<HTMLLIElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const [edge, setEdge] = useState<DropEdge | null>(null);
  const [isDragged, setDragged] = useState(false);

  // External system: the browser's drag and drop.
  useEffect(() => {
    const target = element.current;
    const grip = handle.current;
    if (!target || !grip) return;
    return combine(
      draggable({
        element: target,
        dragHandle: grip,
        getInitialData: () => ({ nodeId: node.id, name }),
        onDragStart: () => {
          setDragged(true);
        },
        onDrop: () => {
          setDragged(false);
        },
      }),
      dropTargetForElements({
        element: target,
        canDrop: ({ source }) => {
          const id = nodeIdOf(source.data);
          return id !== null && id !== node.id && !isInside(source.element, target);
        },
        onDrag: ({ self, location }) => {
          const isInnermost = location.current.dropTargets[0]?.element === self.element;
          setEdge(isInnermost ? edgeAt(target, location.current.input.clientY, node) : null);
        },
        onDragLeave: () => {
          setEdge(null);
        },
        onDrop: ({ source, self, location }) => {
          setEdge(null);
          const id = nodeIdOf(source.data);
          if (id === null || location.current.dropTargets[0]?.element !== self.element) return;
          const where = edgeAt(target, location.current.input.clientY, node);
          edit((root) => {
            if (where === 'inside') {
              const group = findNode(root, node.id);
              const end = group?.kind === 'group' ? group.children.length : 0;
              return moveNode(root, id, { groupId: node.id, index: end });
            }
            return moveNode(root, id, { groupId, index: where === 'before' ? index : index + 1 });
          });
          announce('Moved');
        },
      }),
    );
  }, [node, groupId, index, name, edit, announce]);

  return { element, handle, edge, isDragged };
}

function nodeIdOf(data: Record<string | symbol, unknown>): string | null {
  return typeof data['nodeId'] === 'string' ? data['nodeId'] : null;
}

function isInside(outer: Element, inner: Element): boolean {
  return outer.contains(inner);
}

function edgeAt(element: Element, clientY: number, node: EditorNode): DropEdge {
  const { top, height } = element.getBoundingClientRect();
  const part = (clientY - top) / height;
  if (node.kind === 'rule') return part < 0.5 ? 'before' : 'after';
  if (clientY - top < 12) return 'before';
  return top + height - clientY < 12 ? 'after' : 'inside';
}
