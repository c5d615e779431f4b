import { cn } from '#components/cn.ts';

/** Rows that together make one round whole; one of them shows its customer ID. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden className={cn('size-6', className)}>
      <rect width="24" height="24" rx="6.5" className="fill-primary" />
      <g className="fill-primary-foreground">
        <rect x="6.9" y="4.4" width="10.2" height="3" rx="1.5" />
        <circle cx="5.8" cy="10" r="1.5" />
        <rect x="8.4" y="8.5" width="11.3" height="3" rx="1.5" />
        <rect x="4.3" y="12.6" width="15.4" height="3" rx="1.5" />
        <rect x="6.9" y="16.7" width="10.2" height="3" rx="1.5" />
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
