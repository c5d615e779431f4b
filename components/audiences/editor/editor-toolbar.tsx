'use client';

import { ChartNoAxesColumn, Redo2, Undo2, type LucideIcon } from 'lucide-react';
import { cn } from '#components/cn.ts';
import { Button } from '#components/ui/button.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { CopyMenu } from './copy-menu.tsx';

type EditorToolbarProps = {
  conditions: string | null;
  projectId: number;
  /** `null`: there is nothing to undo. */
  undo: (() => void) | null;
  redo: (() => void) | null;
  isFunnelShown: boolean;
  onFunnelChange: (isShown: boolean) => void;
};

export function EditorToolbar(props: EditorToolbarProps) {
  const { conditions, projectId, undo, redo, isFunnelShown, onFunnelChange } = props;
  return (
    <div className="absolute top-3 right-3 flex items-center sm:top-4 sm:right-4">
      <Tooltip content="What each condition keeps">
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Counts beside the conditions"
          aria-pressed={isFunnelShown}
          onClick={() => {
            onFunnelChange(!isFunnelShown);
          }}
          className={cn(isFunnelShown && 'bg-brand-subtle text-brand')}
        >
          <ChartNoAxesColumn aria-hidden />
        </Button>
      </Tooltip>
      <CopyMenu conditions={conditions} projectId={projectId} />
      <Step label="Undo" keys="Control+Z Meta+Z" icon={Undo2} onStep={undo} />
      <Step label="Redo" keys="Control+Shift+Z Meta+Shift+Z" icon={Redo2} onStep={redo} />
    </div>
  );
}

type StepProps = { label: string; keys: string; icon: LucideIcon; onStep: (() => void) | null };

function Step({ label, keys, icon: Icon, onStep }: StepProps) {
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      aria-label={label}
      aria-keyshortcuts={keys}
      disabled={onStep === null}
      focusableWhenDisabled
      onClick={() => onStep?.()}
    >
      <Icon aria-hidden />
    </Button>
  );
}
