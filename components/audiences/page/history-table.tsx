'use client';

import Link from 'next/link';
import { useState } from 'react';
import { cn } from '#components/cn.ts';
import { formatNumber } from '#components/format.ts';
import { Button } from '#components/ui/button.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { AudienceHistory } from '#lib/contracts/audiences.ts';
import { formatShare } from '../format-share.ts';
import { describeMark } from './history-words.ts';

const LISTED_AT_FIRST = 10;

/** Counts, and what came between them: the latest first. */
export function HistoryTable({ history }: { history: AudienceHistory }) {
  const [isComplete, setComplete] = useState(false);
  const rows = rowsOf(history);
  const shown = isComplete ? rows : rows.slice(0, LISTED_AT_FIRST);
  return (
    <div className="flex flex-col items-start gap-1">
      <table aria-label="History of the size" className="w-full text-sm">
        <thead>
          <tr className="text-xs text-muted-foreground">
            <th scope="col" className="pb-1.5 text-left font-medium">
              When
            </th>
            <th scope="col" className="pb-1.5 pl-3 text-left font-medium">
              What
            </th>
            <th scope="col" className="pb-1.5 pl-3 text-right font-medium">
              Size
            </th>
            <th scope="col" className="pb-1.5 pl-3 text-right font-medium">
              Change
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={`${row.kind} ${row.at} ${row.key}`} className="align-baseline">
              <th scope="row" className={cn(cellStyles, 'text-left text-muted-foreground')}>
                <RelativeTime date={row.at} />
              </th>
              {row.kind === 'count' ? (
                <>
                  <td className={cn(cellStyles, 'pl-3')}>Counted</td>
                  <td className={cn(cellStyles, 'pl-3 text-right tabular-nums')}>
                    {formatNumber(row.size)}
                    <span className="block text-xs text-muted-foreground">
                      {formatShare(row.size, row.total)}
                    </span>
                  </td>
                  <td className={cn(cellStyles, 'pl-3 text-right tabular-nums')}>
                    {describeChange(row.change)}
                  </td>
                </>
              ) : (
                <td colSpan={3} className={cn(cellStyles, 'pl-3')}>
                  <Mark {...row} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > shown.length && (
        <Button
          variant="ghost"
          size="sm"
          onClick={() => {
            setComplete(true);
          }}
          className="text-brand"
        >
          Show {formatNumber(rows.length - shown.length)} more
        </Button>
      )}
    </div>
  );
}

const cellStyles = 'border-t py-1.5 font-normal';

function Mark({ words, href }: { words: string; href: string | null }) {
  if (href === null) return <span className="text-muted-foreground">{words}</span>;
  return (
    <Link
      href={href}
      className="rounded-sm wrap-anywhere text-brand underline-offset-4 hover:underline"
    >
      {words}
    </Link>
  );
}

type HistoryRow = { readonly at: string; readonly key: number } & (
  | {
      readonly kind: 'count';
      readonly size: number;
      readonly total: number;
      /** `null` for the first one. */
      readonly change: number | null;
    }
  | { readonly kind: 'mark'; readonly words: string; readonly href: string | null }
);

function rowsOf({ counts, marks }: AudienceHistory): readonly HistoryRow[] {
  const counted = counts.map(({ size, total, countedAt }, index): HistoryRow => {
    const before = counts[index - 1];
    const change = before ? size - before.size : null;
    return { kind: 'count', at: countedAt, key: index, size, total, change };
  });
  const marked = marks.map((mark, index): HistoryRow => {
    const href = mark.kind === 'upload' ? `/uploads/${mark.uploadId}` : null;
    return { kind: 'mark', at: mark.at, key: index, words: describeMark(mark), href };
  });
  return [...counted, ...marked].sort((left, right) => Date.parse(right.at) - Date.parse(left.at));
}

function describeChange(change: number | null): string {
  if (change === null) return '';
  if (change === 0) return '±0';
  return change > 0 ? `+${formatNumber(change)}` : `−${formatNumber(-change)}`;
}
