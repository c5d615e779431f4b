import type { ReactNode } from 'react';
import { cn } from '#components/cn.ts';
import { formatCount, formatDuration, formatNumber } from '#components/format.ts';
import { ExactText } from '#components/ui/exact-text.tsx';
import { ShareBar } from '#components/ui/share-bar.tsx';
import type { AudienceBreakdown } from '#lib/contracts/audiences.ts';
import { formatShare } from '../format-share.ts';

type BreakdownTableProps = { breakdown: AudienceBreakdown; isStale: boolean };

/** Bars and numbers in one: a table of values, the most frequent first. */
export function BreakdownTable({ breakdown, isStale }: BreakdownTableProps) {
  const { attribute, size, values, others, withoutValue, milliseconds } = breakdown;
  if (size === 0) {
    return <p className="p-4 text-sm text-muted-foreground">Nobody is in this audience.</p>;
  }
  const most = Math.max(others, withoutValue, ...values.map((value) => value.size));
  return (
    <div className={cn('flex flex-col gap-3 p-4 transition-opacity', isStale && 'opacity-50')}>
      <table
        aria-label={`Members by ${attribute.name}`}
        aria-busy={isStale || undefined}
        className="w-full text-sm"
      >
        <thead>
          <tr className="text-xs text-muted-foreground">
            <th scope="col" className="pb-2 text-left font-medium">
              {attribute.name}
            </th>
            <th scope="col" className="pb-2 pl-3 text-right font-medium">
              Members
            </th>
            <th scope="col" className="w-16 pb-2 text-right font-medium">
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {values.map((value) => (
            <Line key={value.value} size={value.size} {...{ of: size, most }}>
              {value.value === '' ? (
                <span className="text-muted-foreground">(empty text)</span>
              ) : (
                <ExactText text={value.value} className="line-clamp-2" />
              )}
            </Line>
          ))}
          {others > 0 && (
            <Line size={others} {...{ of: size, most }} isAside>
              All other values
            </Line>
          )}
          {withoutValue > 0 && (
            <Line size={withoutValue} {...{ of: size, most }} isAside>
              No value
            </Line>
          )}
        </tbody>
      </table>
      <p className="text-xs text-muted-foreground tabular-nums">
        {formatCount(size, 'member')}, counted in {formatDuration(milliseconds)}
      </p>
    </div>
  );
}

type LineProps = {
  size: number;
  of: number;
  /** The largest of all lines, whose bar is full. */
  most: number;
  /** Not one value, but a rest. */
  isAside?: boolean;
  children: ReactNode;
};

function Line({ size, of, most, isAside = false, children }: LineProps) {
  return (
    <tr className={cn('align-top', isAside && 'text-muted-foreground')}>
      <th scope="row" className="border-t py-1.5 text-left font-normal">
        <span className="flex flex-col gap-1">
          <span>{children}</span>
          <ShareBar share={size / most} className={cn(isAside && 'opacity-50')} />
        </span>
      </th>
      <td className="border-t py-1.5 pl-3 text-right tabular-nums">{formatNumber(size)}</td>
      <td className="border-t py-1.5 text-right text-muted-foreground tabular-nums">
        {formatShare(size, of)}
      </td>
    </tr>
  );
}
