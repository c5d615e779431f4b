import type { ListedAudience } from '#lib/contracts/audiences.ts';

interface SparklineBox {
  readonly width: number;
  readonly height: number;
  readonly now: Date;
}

/** A line in steps: a size holds from its count until the next. What never changed runs through the middle. */
export function sparklinePath(
  trend: ListedAudience['trend'],
  { width, height, now }: SparklineBox,
): string {
  const start = Date.parse(trend[0]?.countedAt ?? '');
  const span = Math.max(1, now.getTime() - start);
  const sizes = trend.map(({ size }) => size);
  const least = Math.min(...sizes);
  const spread = Math.max(...sizes) - least;
  const round = (value: number) => Math.round(value * 10) / 10;
  const steps = trend.map(({ size, countedAt }, index) => {
    const x = round(Math.min(1, (Date.parse(countedAt) - start) / span) * width);
    const y = round(height * (spread === 0 ? 0.5 : 1 - (size - least) / spread));
    return index === 0 ? `M${x} ${y}` : `H${x}V${y}`;
  });
  return `${steps.join('')}H${width}`;
}
