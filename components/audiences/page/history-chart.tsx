'use client';

import { Pencil, Upload } from 'lucide-react';
import { useState, type PointerEvent } from 'react';
import { cn } from '#components/cn.ts';
import {
  formatCount,
  formatDate,
  formatDateTime,
  formatNumber,
  formatRelativeTime,
} from '#components/format.ts';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { formatShort } from '../live/format-size.ts';
import {
  linePath,
  type HistoryPlot,
  type PlottedCount,
  type PlottedMarks,
} from './history-plot.ts';
import { describeMark } from './history-words.ts';

/** The size over time, with what may have moved it. The same numbers are in the table below it. */
export function HistoryChart({ plot }: { plot: HistoryPlot }) {
  const { points, marks, least, most, from, to } = plot;
  const [pointed, setPointed] = useState<PlottedCount | null>(null);
  const line = linePath(points);
  const latest = points.at(-1);
  const marked = pointed ?? latest;
  function point({ clientX, currentTarget }: PointerEvent): void {
    const { left, width } = currentTarget.getBoundingClientRect();
    const x = (clientX - left) / width;
    setPointed(points.findLast((candidate) => candidate.x <= x) ?? points[0] ?? null);
  }
  return (
    <figure aria-label="Size over time" className="flex flex-col gap-1">
      <p className="flex min-h-5 flex-wrap gap-x-2 text-xs text-muted-foreground tabular-nums">
        {marked && (
          <>
            <span className="font-medium text-foreground">
              {formatCount(marked.count.size, 'profile')}
            </span>
            <span>
              {pointed ? 'counted' : 'last counted'}{' '}
              {formatDateTime(new Date(marked.count.countedAt))}
            </span>
          </>
        )}
      </p>
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
        <div
          aria-hidden
          className="flex flex-col justify-between text-right text-xs leading-none text-muted-foreground tabular-nums"
        >
          <span title={formatNumber(most)}>{formatShort(most)}</span>
          <span title={formatNumber(least)}>{formatShort(least)}</span>
        </div>
        <div
          onPointerMove={point}
          onPointerLeave={() => {
            setPointed(null);
          }}
          className="relative h-36 border-y border-dashed border-y-border"
        >
          <svg
            aria-hidden
            viewBox="0 0 100 100"
            preserveAspectRatio="none"
            className="absolute inset-0 size-full overflow-visible"
          >
            {/* A filled area says that it stands on nothing. */}
            {least === 0 && (
              <path d={`${line}V100H${(points[0]?.x ?? 0) * 100}Z`} className="fill-primary/10" />
            )}
            <path
              d={line}
              vectorEffect="non-scaling-stroke"
              className="fill-none stroke-primary stroke-2"
            />
          </svg>
          {marks.map(({ x }) => (
            <span
              key={x}
              aria-hidden
              className="absolute inset-y-0 border-l border-dashed border-l-input"
              style={{ left: `${x * 100}%` }}
            />
          ))}
          {marked && (
            <span
              aria-hidden
              className="absolute size-2.5 -translate-x-1/2 translate-y-1/2 rounded-full border-2 border-card bg-primary"
              style={{ left: `${marked.x * 100}%`, bottom: `${marked.y * 100}%` }}
            />
          )}
        </div>
        <ul aria-label="What may have moved it" className="relative col-start-2 mt-1 h-7">
          {marks.map((place) => (
            <Mark key={place.x} place={place} />
          ))}
        </ul>
        <p aria-hidden className="col-start-2 flex justify-between text-xs text-muted-foreground">
          <span>{formatRelativeTime(from, to) ?? formatDate(from)}</span>
          <span>now</span>
        </p>
      </div>
    </figure>
  );
}

const LISTED_MARKS = 6;

function Mark({ place: { x, marks } }: { place: PlottedMarks }) {
  const isUpload = marks.some(({ kind }) => kind === 'upload');
  const isEdit = marks.some(({ kind }) => kind === 'edit');
  const Icon = isUpload ? Upload : Pencil;
  const words = marks.map(describeMark);
  const hidden = words.length - LISTED_MARKS;
  return (
    <li
      className="absolute top-0 -translate-x-1/2"
      style={{ left: `clamp(0.75rem, ${x * 100}%, calc(100% - 0.75rem))` }}
    >
      <Tooltip
        content={
          <span className="flex flex-col">
            {words.slice(0, LISTED_MARKS).map((text, index) => (
              <span key={index}>{text}</span>
            ))}
            {hidden > 0 && <span>and {hidden} more</span>}
          </span>
        }
      >
        <button
          type="button"
          aria-label={words.slice(0, LISTED_MARKS).join(', ')}
          className={cn(
            'flex h-6 min-w-6 cursor-default items-center justify-center gap-0.5 rounded-full border bg-card px-1 text-xs text-muted-foreground tabular-nums [&_svg]:size-3',
            isUpload && 'text-info',
          )}
        >
          <Icon aria-hidden />
          {isUpload && isEdit && <Pencil aria-hidden />}
          {marks.length > 1 && marks.length}
        </button>
      </Tooltip>
    </li>
  );
}
