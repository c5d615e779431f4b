'use client';

import { useSyncExternalStore } from 'react';
import { formatDate, formatDateTime, formatRelativeTime } from '#components/format.ts';
import { cn } from '#components/cn.ts';
import { Tooltip } from './tooltip.tsx';

/** Relative; local time and UTC on hover and focus. */
export function RelativeTime({ date, className }: { date: string; className?: string }) {
  const tick = useSyncExternalStore(subscribeToClock, readClock, () => serverTick);
  const value = new Date(date);
  const timeZone = tick === serverTick ? 'UTC' : undefined;
  const now = tick === serverTick ? new Date() : new Date(tick);
  return (
    <Tooltip content={<BothTimes date={value} />}>
      <time
        dateTime={date}
        // The tooltip must open for keyboards too.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        suppressHydrationWarning
        className={cn('rounded-sm whitespace-nowrap', className)}
      >
        {formatRelativeTime(value, now) ?? formatDate(value, timeZone)}
      </time>
    </Tooltip>
  );
}

function BothTimes({ date }: { date: Date }) {
  return (
    <span className="flex flex-col tabular-nums">
      <span>{formatDateTime(date)} (your time)</span>
      <span>{formatDateTime(date, 'UTC')}</span>
    </span>
  );
}

// The server does not know the reader's time zone: it renders UTC, and the browser corrects it after hydration.
const serverTick = 0;
const resolution = 15_000;

function readClock(): number {
  return Math.ceil(Date.now() / resolution) * resolution;
}

function subscribeToClock(onChange: () => void): () => void {
  const timer = setInterval(onChange, resolution);
  return () => {
    clearInterval(timer);
  };
}
