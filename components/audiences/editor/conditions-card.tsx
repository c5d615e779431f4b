'use client';

import { Card } from '#components/ui/card.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { StaleMark } from '../live/stale-mark.tsx';
import type { EditorGroup } from '../model/editor-node.ts';
import { needsLayout } from '../model/layout.ts';
import type { RuleProblem } from '../model/rule-problem.ts';
import { CodeEditor } from './code-editor.tsx';
import { useEditor } from './editor-context.tsx';
import { EditorToolbar } from './editor-toolbar.tsx';
import { RootGroup } from './group-editor.tsx';

export type ConditionsView = 'builder' | 'code';

type ConditionsCardProps = {
  root: EditorGroup;
  problems: ReadonlyMap<string, RuleProblem>;
  /** Some of them keep it from being saved. */
  hasPressing: boolean;
  /** The stored form of what can be counted. */
  conditions: string | null;
  view: ConditionsView;
  onViewChange: (view: ConditionsView) => void;
  undo: (() => void) | null;
  redo: (() => void) | null;
  isFunnelShown: boolean;
  onFunnelChange: (isShown: boolean) => void;
};

/** The tree, as a sentence or as code. */
export function ConditionsCard(props: ConditionsCardProps) {
  const { root, problems, hasPressing, conditions, view, onViewChange, ...steps } = props;
  const { catalog, audienceId, projectId, edit } = useEditor();
  return (
    <Card aria-label="Conditions" className="@container/builder relative p-3 sm:p-4">
      <EditorToolbar {...{ conditions, projectId }} {...steps} />
      <Tabs
        label="How to edit"
        value={view}
        onValueChange={onViewChange}
        tabs={[
          {
            value: 'builder',
            label: 'Builder',
            content: (
              <StaleMark>
                <RootGroup group={root} problems={problems} />
              </StaleMark>
            ),
          },
          {
            value: 'code',
            label: 'Code',
            content: (
              <CodeEditor
                root={root}
                leavesOut={needsLayout(root) || hasPressing}
                catalog={catalog}
                audienceId={audienceId}
                onChange={(next) => {
                  edit(() => next, 'code');
                }}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}
