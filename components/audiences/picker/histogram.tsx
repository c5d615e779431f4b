import type { AttributeInsight } from '#lib/contracts/audiences.ts';

type HistogramProps = {
  bins: AttributeInsight['histogram'];
  /** A bin's edge as people read it. */
  nameOf: (value: string) => string;
};

/** How values spread from the least to the greatest. */
export function Histogram({ bins, nameOf }: HistogramProps) {
  const highest = Math.max(...bins.map(({ share }) => share));
  const fullest = bins.find(({ share }) => share === highest);
  if (!fullest) return null;
  return (
    <div
      role="img"
      aria-label={`Histogram: most values lie between ${nameOf(fullest.from)} and ${nameOf(fullest.to)}`}
      className="flex h-14 items-end gap-px border-b"
    >
      {bins.map(({ from, share }) => (
        <span
          key={from}
          className="min-w-px flex-1 rounded-t-xs bg-primary/70"
          style={{ height: share === 0 ? 0 : `${Math.max(3, (share / highest) * 100)}%` }}
        />
      ))}
    </div>
  );
}
