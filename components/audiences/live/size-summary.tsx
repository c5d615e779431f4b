'use client';

import { CircleDashed, RotateCw } from 'lucide-react';
import Link from 'next/link';
import { cn } from '#components/cn.ts';
import { formatCount, formatDuration, formatNumber } from '#components/format.ts';
import { Button } from '#components/ui/button.tsx';
import { RequestId } from '#components/ui/error-state.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { ShareBar } from '#components/ui/share-bar.tsx';
import type { AudienceSizeResponse } from '#lib/contracts/audiences.ts';
import { formatShare } from '../format-share.ts';
import { formatEstimate } from './format-size.ts';
import type { LiveSize } from './use-live-size.ts';

type SizeSummaryProps = {
  size: LiveSize;
  /** Something can be counted. */
  isAsked: boolean;
  /** The number belongs to conditions that have changed since. */
  isStale: boolean;
  unfinishedCount: number;
};

/** How many, of how many, how surely, and what is left out. */
export function SizeSummary({ size, isAsked, isStale, unfinishedCount }: SizeSummaryProps) {
  const { answer, error } = size;
  return (
    <div className="flex flex-col gap-2">
      {isAsked && answer && <Counted size={size} answer={answer} isStale={isStale} />}
      {isAsked && !answer && !error && (
        <div aria-busy="true" className="flex flex-col gap-2">
          <Skeleton className="h-1.5" />
          <Skeleton className="w-40" />
        </div>
      )}
      {isAsked && error && (
        <div role="alert" className="flex flex-col items-start gap-1.5 text-sm">
          <p className="text-danger">
            {answer ? 'The exact number could not be counted. ' : 'The size could not be counted. '}
            {error.message}
          </p>
          <Button size="sm" onClick={size.retry} pending={size.isCounting}>
            <RotateCw aria-hidden />
            Retry
          </Button>
          <RequestId error={error} />
        </div>
      )}
      {!isAsked && (
        <p className="text-sm text-muted-foreground">
          {unfinishedCount > 0
            ? 'Counting begins once a condition is finished.'
            : 'Add a condition to see how many profiles meet it.'}
        </p>
      )}
      {isAsked && unfinishedCount > 0 && (
        <p className="flex items-start gap-1.5 text-xs text-muted-foreground">
          <CircleDashed aria-hidden className="mt-px size-3.5 shrink-0" />
          {formatCount(unfinishedCount, 'unfinished condition')} left out of the count.
        </p>
      )}
    </div>
  );
}

type CountedProps = { size: LiveSize; answer: AudienceSizeResponse; isStale: boolean };

function Counted({ size, answer, isStale }: CountedProps) {
  const { total, isExact, milliseconds } = answer;
  if (total === 0) {
    return (
      <p className="text-sm text-muted-foreground">
        There are no profiles yet.{' '}
        <Link href="/attributes" className="rounded-sm text-brand underline underline-offset-4">
          Upload a file of customers
        </Link>{' '}
        to one of your tables first.
      </p>
    );
  }
  const { low, high } = formatEstimate(answer);
  return (
    <div
      aria-busy={isStale || undefined}
      className={cn('flex flex-col gap-1.5 transition-opacity', isStale && 'opacity-50')}
    >
      <ShareBar
        share={(isExact ? answer.size : answer.low) / total}
        until={(isExact ? answer.size : answer.high) / total}
      />
      <p className="text-sm tabular-nums">
        {describeShare(answer)} of {formatCount(total, 'profile')}
      </p>
      <p className="text-xs text-muted-foreground tabular-nums">
        {isExact ? (
          <>
            Counted in {formatDuration(milliseconds)},{' '}
            <RelativeTime date={new Date(size.answeredAt).toISOString()} />
          </>
        ) : (
          `Between ${low} and ${high}. ${size.error ? '' : 'Counting exactly…'}`
        )}
      </p>
    </div>
  );
}

function describeShare({ size, total, isExact }: AudienceSizeResponse): string {
  if (isExact && size === 0) return 'None';
  if (isExact && size === total) return 'All';
  return isExact ? formatShare(size, total) : `About ${formatShare(size, total)}`;
}

/** The number itself: it stays in view where the rest is folded away. */
export function SizeNumber({ size, isAsked, isStale }: Omit<SizeSummaryProps, 'unfinishedCount'>) {
  const { answer } = size;
  if (!isAsked || !answer) {
    return (
      <span className="text-2xl font-semibold text-muted-foreground">
        <span aria-hidden>–</span>
        <span className="sr-only">Not counted</span>
      </span>
    );
  }
  return (
    <span
      className={cn(
        'text-2xl font-semibold tracking-tight tabular-nums transition-opacity',
        isStale && 'opacity-50',
      )}
    >
      {answer.isExact ? (
        formatNumber(answer.size)
      ) : (
        <>
          <span aria-hidden>≈ </span>
          <span className="sr-only">About </span>
          {formatEstimate(answer).about}
        </>
      )}
    </span>
  );
}
