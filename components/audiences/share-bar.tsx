import { cn } from '#components/cn.ts';

type ShareBarProps = {
  /** 0 to 1. */
  share: number;
  /** Drawn lighter, from `share` on: what it may be at most, or what there was before. */
  until?: number;
  className?: string;
};

/** A number's picture; the number itself always stands beside it. */
export function ShareBar({ share, until = share, className }: ShareBarProps) {
  return (
    <span
      aria-hidden
      className={cn('relative block h-1.5 overflow-hidden rounded-full bg-muted', className)}
    >
      <span
        className="absolute inset-y-0 left-0 rounded-full bg-primary/35 transition-[width] duration-300"
        style={{ width: widthOf(until) }}
      />
      <span
        className="absolute inset-y-0 left-0 rounded-full bg-primary transition-[width] duration-300"
        style={{ width: widthOf(share) }}
      />
    </span>
  );
}

/** A few of very many are still to be seen. */
function widthOf(share: number): string {
  if (share <= 0) return '0%';
  return `${Math.max(0.75, Math.min(1, share) * 100)}%`;
}
