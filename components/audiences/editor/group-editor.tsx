'use client';

import { FolderPlus, Plus } from 'lucide-react';
import { memo } from 'react';
import { cn } from '#components/cn.ts';
import { Button } from '#components/ui/button.tsx';
import { Select } from '#components/ui/select.tsx';
import { insertNode, setMode } from '../model/edit-tree.ts';
import { emptyGroup, emptyRule, groupModes, type EditorGroup } from '../model/editor-node.ts';
import { modeWords, nodeWords } from '../model/node-words.ts';
import { NodeCountMark } from '../live/node-count.tsx';
import { NodeVerdictMark } from '../live/node-verdict.tsx';
import { DragHandle } from './drag-handle.tsx';
import { DropLine } from './drop-line.tsx';
import { Joiner } from './joiner.tsx';
import { useEditor } from './editor-context.tsx';
import { keepInSight } from './keep-in-sight.ts';
import { MutedBadge } from './muted-badge.tsx';
import { NodeMenu } from './node-menu.tsx';
import { countStyles, lineStyles } from './line-styles.ts';
import { RuleEditor } from './rule-editor.tsx';
import type { RuleProblem } from '../model/rule-problem.ts';
import { useNodeDrag } from './use-node-drag.ts';

const modeOptions = groupModes.map((mode) => ({
  value: mode,
  label: modeWords[mode].short.toUpperCase(),
  hint: modeWords[mode].hint,
}));

type GroupProps = { group: EditorGroup; problems: ReadonlyMap<string, RuleProblem> };

/** The whole tree: "Customers who meet ALL of these". */
export function RootGroup({ group, problems }: GroupProps) {
  return (
    <div
      data-node="root"
      onFocusCapture={(event) => {
        keepInSight(event.target);
      }}
      className="flex flex-col gap-2"
    >
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-base">Customers who meet</span>
        <ModeSelect group={group} />
        <span className="text-base">of these conditions</span>
        <NodeVerdictMark nodeId={group.id} />
      </div>
      <Children group={group} problems={problems} />
    </div>
  );
}

type NestedGroupProps = GroupProps & {
  parentId: string;
  index: number;
  joiner: string | null;
  isStep: boolean;
};

const NestedGroup = memo(function NestedGroup(props: NestedGroupProps) {
  const { group, problems, parentId, index, joiner, isStep } = props;
  const { catalog } = useEditor();
  const name = nodeWords(group, catalog);
  const { element, handle, edge, isDragged } = useNodeDrag({
    node: group,
    groupId: parentId,
    index,
    name,
  });
  return (
    <li ref={element} data-node={group.id} className={cn('relative', isDragged && 'opacity-40')}>
      <DropLine edge={edge} />
      <div
        role="group"
        aria-label={`Group: ${name}`}
        className={cn(
          'flex flex-col gap-2 rounded-lg border border-l-2 border-l-primary/40 bg-canvas py-1.5 pr-1 pl-0.5',
          group.isMuted && 'border-dashed',
        )}
      >
        <div className={lineStyles}>
          <DragHandle ref={handle} node={group} name={name} />
          <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5">
            {joiner !== null && <Joiner word={joiner} />}
            <ModeSelect group={group} />
            <span className="text-sm">of these</span>
            {group.isMuted && <MutedBadge />}
            <NodeVerdictMark nodeId={group.id} />
          </div>
          <NodeCountMark nodeId={group.id} isStep={isStep} className={countStyles} />
          <NodeMenu node={group} name={name} />
        </div>
        <div className="pr-1 pl-2 sm:pl-7">
          <Children group={group} problems={problems} />
        </div>
      </div>
    </li>
  );
});

function Children({ group, problems }: GroupProps) {
  const { edit, focusNode, announce } = useEditor();
  const end = { groupId: group.id, index: group.children.length };
  function addRule(): void {
    const rule = emptyRule();
    edit((root) => insertNode(root, rule, end));
    focusNode(rule.id, 'subject');
  }
  function addGroup(): void {
    const rule = emptyRule();
    edit((root) => insertNode(root, emptyGroup([rule]), end));
    focusNode(rule.id, 'subject');
    announce('Added a group');
  }
  return (
    <div className="flex flex-col gap-2">
      {group.children.length > 0 && (
        <ul className="flex flex-col gap-2">
          {group.children.map((child, index) => {
            const word = wordAt(group, index);
            return child.kind === 'rule' ? (
              <RuleEditor
                key={child.id}
                rule={child}
                groupId={group.id}
                index={index}
                joiner={word}
                isStep={group.mode === 'all' && index > 0}
                problem={problems.get(child.id)}
              />
            ) : (
              <NestedGroup
                key={child.id}
                group={child}
                problems={problems}
                parentId={group.id}
                index={index}
                joiner={word}
                isStep={group.mode === 'all' && index > 0}
              />
            );
          })}
        </ul>
      )}
      {group.children.length === 0 && (
        <p className="rounded-md border border-dashed px-3 py-2 text-sm text-muted-foreground">
          No conditions here yet. An empty group is not counted.
        </p>
      )}
      <div className="flex flex-wrap gap-1">
        <Button
          variant="ghost"
          size="sm"
          data-part="handle"
          onClick={addRule}
          className="text-brand"
        >
          <Plus aria-hidden />
          Add condition
        </Button>
        <Button variant="ghost" size="sm" onClick={addGroup} className="text-brand">
          <FolderPlus aria-hidden />
          Add group
        </Button>
      </div>
    </div>
  );
}

/** Stands before a part; the first has nothing to be joined to, but keeps the others' indent. */
function wordAt({ mode, children }: EditorGroup, index: number): string | null {
  if (mode === 'none') return index === 0 ? 'not' : modeWords.none.joiner;
  if (children.length === 1) return null;
  return index === 0 ? '' : modeWords[mode].joiner;
}

function ModeSelect({ group }: { group: EditorGroup }) {
  const { edit } = useEditor();
  return (
    <Select
      aria-label="How many must hold"
      options={modeOptions}
      value={group.mode}
      onValueChange={(mode) => {
        edit((root) => setMode(root, group.id, mode));
      }}
      className="w-auto font-semibold"
    />
  );
}
