import { cn } from '#components/cn.ts';
import type { AudienceOverlap } from '#lib/contracts/audiences.ts';
import { formatShort } from '../live/format-size.ts';
import type { Region } from './overlap-regions.ts';
import { threeCircles, threeRegionPlaces, twoCircles, type Circle } from './venn-geometry.ts';

export const vennLooks = [
  { circle: 'fill-primary/25 stroke-primary', dot: 'bg-primary' },
  { circle: 'fill-info/25 stroke-info', dot: 'bg-info' },
  { circle: 'fill-warning/25 stroke-warning', dot: 'bg-warning' },
] as const;

type VennProps = { audiences: AudienceOverlap['audiences']; regions: readonly Region[] };

/** The overlap as circles; the table beside it has the numbers. */
export function Venn({ audiences, regions }: VennProps) {
  const [left, right, third] = audiences;
  if (!left || !right) return null;
  const both = regions.find(({ key }) => key === '01')?.size ?? 0;
  const circles: readonly Circle[] = third
    ? threeCircles
    : twoCircles({ left: left.size, right: right.size, both });
  return (
    <figure className="flex flex-col gap-1">
      <svg
        role="img"
        aria-label={`Circles of ${audiences.map(({ name }) => name).join(', ')}`}
        viewBox="0 0 300 200"
        className="w-full max-w-96 self-center"
      >
        {circles.map(({ x, y, radius }, index) => (
          <circle
            key={index}
            cx={x}
            cy={y}
            r={radius}
            className={cn('stroke-[1.5]', vennLooks[index]?.circle)}
          />
        ))}
        {third &&
          regions.map(({ key, size }) => {
            const [x, y] = threeRegionPlaces[key] ?? [0, 0];
            return (
              <text
                key={key}
                x={x}
                y={y}
                textAnchor="middle"
                className="fill-foreground text-[0.6875rem] font-medium tabular-nums"
              >
                {formatShort(size)}
              </text>
            );
          })}
      </svg>
      <figcaption className="text-center text-xs text-muted-foreground">
        {third
          ? 'Not drawn to scale: three circles cannot show seven numbers truly.'
          : 'Areas are drawn to scale.'}
      </figcaption>
    </figure>
  );
}
