import { cn } from '#components/cn.ts';

type ShareBarProps = {
  /** 0 to 1. */
  share: number;
  /** Drawn lighter, from `share` on: what it may be at most, or what there was before. */
  until?: number;
  className?: string;
};

/** A share at a glance, beside its number in words. */
export function ShareBar({ share, until = share, className }: ShareBarProps) {
  return (
    <span
      aria-hidden
      className={cn(
        'relative block h-1.5 shrink-0 overflow-hidden rounded-full bg-muted',
        className,
      )}
    >
      <Part share={until} className="bg-primary/35" />
      <Part share={share} className="bg-primary" />
    </span>
  );
}

function Part({ share, className }: { share: number; className: string }) {
  return (
    <span
      className={cn('absolute inset-y-0 left-0 rounded-full', share > 0 && 'min-w-0.5', className)}
      style={{ width: `${Math.min(1, share) * 100}%` }}
    />
  );
}
