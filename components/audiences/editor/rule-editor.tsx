'use client';

import { CircleAlert, CircleDashed } from 'lucide-react';
import { memo, useId } from 'react';
import { cn } from '#components/cn.ts';
import { NodeCountMark } from '../live/node-count.tsx';
import { NodeVerdictMark } from '../live/node-verdict.tsx';
import { updateRule } from '../model/edit-tree.ts';
import type { EditorRule } from '../model/editor-node.ts';
import { ruleWords } from '../model/node-words.ts';
import type { RuleProblem } from '../model/rule-problem.ts';
import { withAttribute, withOperator } from '../model/rule-values.ts';
import { DragHandle } from './drag-handle.tsx';
import { DropLine } from './drop-line.tsx';
import { Joiner } from './joiner.tsx';
import { useEditor } from './editor-context.tsx';
import { countStyles, lineStyles } from './line-styles.ts';
import { MutedBadge } from './muted-badge.tsx';
import { NodeMenu } from './node-menu.tsx';
import { MembershipSelect, OperatorSelect } from './operator-select.tsx';
import type { PickedSubject } from './subject-list.tsx';
import { SubjectPicker } from './subject-picker.tsx';
import { useNodeDrag } from './use-node-drag.ts';
import { ValueEditor } from './value-editor.tsx';

type RuleEditorProps = {
  rule: EditorRule;
  groupId: string;
  index: number;
  joiner: string | null;
  /** All of its group must hold, and it is not the first. */
  isStep: boolean;
  problem: RuleProblem | undefined;
};

/** One line of the sentence. Drawn again only when something of its own changed. */
export const RuleEditor = memo(function RuleEditor(props: RuleEditorProps) {
  const { rule, groupId, index, joiner, isStep, problem } = props;
  const { catalog, edit, focusNode } = useEditor();
  const problemId = useId();
  const name = ruleWords(rule, catalog);
  const { element, handle, edge, isDragged } = useNodeDrag({ node: rule, groupId, index, name });
  const attribute =
    rule.subject?.kind === 'attribute'
      ? catalog.attribute(rule.subject.tableId, rule.subject.attributeId)
      : undefined;
  const isInvalidIn = (part: RuleProblem['part']) =>
    problem?.kind === 'invalid' && problem.part === part;
  const describedBy = problem ? problemId : undefined;

  function change(next: (rule: EditorRule) => Partial<EditorRule>, source?: string): void {
    edit((root) => updateRule(root, rule.id, next(rule)), source);
  }
  function pick(subject: PickedSubject): void {
    if (subject.kind === 'audience') {
      const isNegated = rule.subject?.kind === 'audience' && rule.isNegated;
      const { audienceId } = subject;
      const picked = { kind: 'audience', audienceId } as const;
      change(() => ({ subject: picked, isNegated, match: 'exact', values: [], ignoreCase: false }));
      focusNode(rule.id, 'subject');
      return;
    }
    change(() => withAttribute(rule, subject.attribute, attribute?.type ?? null));
    focusNode(rule.id, 'value');
  }

  return (
    <li ref={element} data-node={rule.id} className={cn('relative', isDragged && 'opacity-40')}>
      <DropLine edge={edge} />
      <div
        role="group"
        aria-label={`Rule: ${name}`}
        className={cn(
          // Of hundreds of rules only those in sight are laid out and painted.
          'rounded-md border bg-card py-1.5 pr-1 pl-0.5 [contain-intrinsic-size:auto_2.875rem] [content-visibility:auto] [overflow-clip-margin:0.25rem]',
          problem?.kind === 'invalid' && 'border-danger/50',
          rule.isMuted && 'border-dashed bg-transparent',
        )}
      >
        <div className={lineStyles}>
          <DragHandle ref={handle} node={rule} name={name} />
          <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5">
            {joiner !== null && <Joiner word={joiner} />}
            <SubjectPicker
              subject={rule.subject}
              isInvalid={isInvalidIn('subject')}
              describedBy={describedBy}
              onPick={pick}
            />
            {rule.subject?.kind === 'audience' && (
              <MembershipSelect
                isNegated={rule.isNegated}
                onChange={(isNegated) => {
                  change(() => ({ isNegated }));
                }}
              />
            )}
            {attribute && (
              <>
                <OperatorSelect
                  rule={rule}
                  type={attribute.type}
                  onChange={(operator) => {
                    change(() => withOperator(rule, operator));
                  }}
                />
                <ValueEditor
                  rule={rule}
                  attribute={attribute}
                  isInvalid={isInvalidIn('value')}
                  describedBy={describedBy}
                  onChange={(values, place) => {
                    change(() => ({ values }), `${rule.id} ${place}`);
                  }}
                  onIgnoreCase={(ignoreCase) => {
                    change(() => ({ ignoreCase }));
                  }}
                />
              </>
            )}
            <NodeVerdictMark nodeId={rule.id} />
          </div>
          <NodeCountMark nodeId={rule.id} isStep={isStep} className={countStyles} />
          <NodeMenu node={rule} name={name} />
        </div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pt-1 pl-9 empty:hidden">
          {problem && !rule.isMuted && <Problem id={problemId} problem={problem} />}
          {rule.isMuted && <MutedBadge />}
        </div>
      </div>
    </li>
  );
});

function Problem({ id, problem }: { id: string; problem: RuleProblem }) {
  const isInvalid = problem.kind === 'invalid';
  const Icon = isInvalid ? CircleAlert : CircleDashed;
  return (
    <p
      id={id}
      className={cn(
        'flex items-start gap-1.5 py-0.5 text-xs',
        isInvalid ? 'font-medium text-danger' : 'text-muted-foreground',
      )}
    >
      <Icon aria-hidden className="mt-px size-3.5 shrink-0" />
      <span>
        {problem.message} <span className="font-normal">Not counted yet.</span>
      </span>
    </p>
  );
}
