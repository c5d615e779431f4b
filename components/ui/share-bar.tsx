import { cn } from '#components/cn.ts';

type ShareBarProps = {
  /** 0 to 1. */
  share: number;
  className?: string;
};

/** A share at a glance, beside its number in words. */
export function ShareBar({ share, className }: ShareBarProps) {
  return (
    <span
      aria-hidden
      className={cn('block h-1.5 shrink-0 overflow-hidden rounded-full bg-muted', className)}
    >
      <span
        className={cn('block h-full rounded-full bg-primary', share > 0 && 'min-w-0.5')}
        style={{ width: `${share * 100}%` }}
      />
    </span>
  );
}
