'use client';

import { GripVertical } from 'lucide-react';
import type { Ref } from 'react';
import { Tooltip } from '#components/ui/tooltip.tsx';
import type { EditorNode } from '../model/editor-node.ts';
import { useNodeActions } from './use-node-actions.ts';

type DragHandleProps = { node: EditorNode; name: string; ref: Ref<HTMLButtonElement> };

/** Dragged with a mouse; with a keyboard the arrow keys move the node while the handle has the focus. */
export function DragHandle({ node, name, ref }: DragHandleProps) {
  const actions = useNodeActions(node, name);
  return (
    <Tooltip content="Drag, or move with the arrow keys ↑ ↓">
      <button
        ref={ref}
        type="button"
        data-part="handle"
        aria-label={`Move ${name}`}
        aria-roledescription="movable"
        aria-keyshortcuts="ArrowUp ArrowDown"
        onKeyDown={(event) => {
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          if (event.key === 'ArrowUp') actions.moveUp();
          else actions.moveDown();
        }}
        className="grid size-7 shrink-0 cursor-grab place-items-center rounded-sm text-muted-foreground hover:bg-hover hover:text-foreground active:cursor-grabbing"
      >
        <GripVertical aria-hidden className="size-4" />
      </button>
    </Tooltip>
  );
}
