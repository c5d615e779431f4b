'use client';

import { use } from 'react';
import { cn } from '#components/cn.ts';
import { formatCount, formatNumber } from '#components/format.ts';
import { ShareBar } from '#components/ui/share-bar.tsx';
import { formatShare } from '../format-share.ts';
import { formatShort } from './format-size.ts';
import { LiveContext } from './live-context.ts';
import { useAnswer, type NodeCount } from './node-answers.ts';

type NodeCountMarkProps = {
  nodeId: string;
  /** One step of several that all must hold: what is left after it is said, too. */
  isStep: boolean;
  className?: string;
};

/** Beside a rule or a group: how many profiles it keeps. */
export function NodeCountMark({ nodeId, isStep, className }: NodeCountMarkProps) {
  const { answers, isFunnelShown } = use(LiveContext);
  const count = useAnswer(answers.counts, nodeId);
  if (!isFunnelShown || !count || count.total === 0) return null;
  const { size, total, isExact } = count;
  const remaining = isStep ? count.remaining : null;
  const about = isExact ? '' : '≈';
  return (
    <span
      data-count={nodeId}
      title={describe(count, remaining)}
      className={cn(
        'flex shrink-0 flex-col gap-1 text-xs leading-none text-muted-foreground tabular-nums in-data-stale:opacity-50',
        className,
      )}
    >
      <span aria-hidden className="flex justify-between gap-2">
        <span className="font-medium text-foreground">
          {about}
          {formatShort(size)}
        </span>
        <span>{formatShare(size, total)}</span>
      </span>
      <ShareBar
        share={(remaining ?? size) / total}
        until={size / total}
        className="h-1 bg-border"
      />
      {remaining !== null && (
        <span aria-hidden className="text-right">
          {about}
          {formatShort(remaining)} left
        </span>
      )}
      <span className="sr-only">{describe(count, remaining)}</span>
    </span>
  );
}

function describe({ size, total, isExact }: NodeCount, remaining: number | null): string {
  const about = isExact ? '' : 'about ';
  const own = `Holds for ${about}${formatCount(size, 'profile')}, ${formatShare(size, total)}`;
  return remaining === null ? own : `${own}; ${about}${formatNumber(remaining)} left after it`;
}
