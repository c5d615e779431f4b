'use client';

import {
  ArrowDown,
  ArrowUp,
  Copy,
  Ellipsis,
  Eye,
  EyeOff,
  Group,
  Trash2,
  Ungroup,
} from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuItem, MenuSeparator } from '#components/ui/dropdown-menu.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import type { EditorNode } from '../model/editor-node.ts';
import { useNodeActions } from './use-node-actions.ts';

type NodeMenuProps = {
  node: EditorNode;
  /** As people call it. */
  name: string;
};

/** Mute and remove at once, the rest in a menu: all that a drag can do, too. */
export function NodeMenu({ node, name }: NodeMenuProps) {
  const actions = useNodeActions(node, name);
  const muteWord = node.isMuted ? 'Count again' : 'Mute';
  return (
    <span className="flex shrink-0 items-center">
      <Tooltip content={node.isMuted ? 'Muted: not counted, not saved as a rule' : 'Mute'}>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={`Mute ${name}`}
          aria-pressed={node.isMuted}
          onClick={actions.toggleMuted}
          className="text-muted-foreground"
        >
          {node.isMuted ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        </Button>
      </Tooltip>
      <DropdownMenu
        trigger={
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={`Actions for ${name}`}
            className="text-muted-foreground"
          >
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem icon={<Copy aria-hidden />} onClick={actions.duplicate}>
          Duplicate
        </MenuItem>
        <MenuItem
          icon={node.isMuted ? <Eye aria-hidden /> : <EyeOff aria-hidden />}
          onClick={actions.toggleMuted}
        >
          {muteWord}
        </MenuItem>
        <MenuItem icon={<ArrowUp aria-hidden />} onClick={actions.moveUp}>
          Move up
        </MenuItem>
        <MenuItem icon={<ArrowDown aria-hidden />} onClick={actions.moveDown}>
          Move down
        </MenuItem>
        <MenuItem icon={<Group aria-hidden />} onClick={actions.group}>
          Put into a group
        </MenuItem>
        {node.kind === 'group' && (
          <MenuItem icon={<Ungroup aria-hidden />} onClick={actions.ungroup}>
            Ungroup
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem tone="danger" icon={<Trash2 aria-hidden />} onClick={actions.remove}>
          Remove
        </MenuItem>
      </DropdownMenu>
    </span>
  );
}
