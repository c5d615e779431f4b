import { cn } from '#components/cn.ts';

/** A place-holder of the final size. Appears only after 150 ms, so quick answers do not flicker. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div aria-hidden className="animate-appear">
      <div className={cn('h-4 animate-pulse rounded-sm bg-muted', className)} />
    </div>
  );
}
