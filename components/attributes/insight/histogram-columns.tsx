import { cn } from '#components/cn.ts';
import type { AttributeInsight } from '#lib/contracts/audiences.ts';

type HistogramColumnsProps = { ranges: AttributeInsight['histogram']; className?: string };

/** To look at; the numbers stand in words or in a table beside it. */
export function HistogramColumns({ ranges, className }: HistogramColumnsProps) {
  const highest = Math.max(...ranges.map(({ share }) => share));
  return (
    <div aria-hidden className={cn('flex items-end gap-px border-b', className)}>
      {ranges.map(({ from, share }) => (
        <span
          key={from}
          className="min-w-0 flex-1 rounded-t-xs bg-primary"
          style={{ height: share === 0 ? 0 : `max(2px, ${(share / highest) * 100}%)` }}
        />
      ))}
    </div>
  );
}
