import { cn } from '#components/cn.ts';

/** A person made of table rows: many rows, one profile. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden className={cn('size-6', className)}>
      <rect width="24" height="24" rx="6.5" className="fill-primary" />
      <g className="fill-primary-foreground">
        <circle cx="12" cy="7.4" r="3" />
        <rect x="8" y="12" width="8" height="2.4" rx="1.2" />
        <rect x="6" y="15.4" width="12" height="2.4" rx="1.2" opacity="0.8" />
        <rect x="5" y="18.8" width="14" height="1.9" rx="0.95" opacity="0.55" />
      </g>
    </svg>
  );
}

export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-2', className)}>
      <LogoMark />
      <span className="text-lg font-semibold tracking-tight">OpenDCP</span>
    </span>
  );
}
