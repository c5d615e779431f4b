import type { ReactNode } from 'react';
import { cn } from '#components/cn.ts';

type EmptyStateProps = {
  icon?: ReactNode;
  title: string;
  /** What it is and why one would want it. */
  children?: ReactNode;
  /** One button, perhaps a second one. */
  actions?: ReactNode;
  className?: string;
};

export function EmptyState({ icon, title, children, actions, className }: EmptyStateProps) {
  return (
    <div className={cn('flex flex-col items-center gap-3 px-6 py-12 text-center', className)}>
      {icon !== undefined && (
        <div
          aria-hidden
          className="grid size-10 place-items-center rounded-lg border bg-card text-muted-foreground shadow-xs [&_svg]:size-5"
        >
          {icon}
        </div>
      )}
      <div className="flex max-w-prose flex-col gap-1">
        <h2 className="text-lg">{title}</h2>
        {children !== undefined && (
          <div className="text-sm text-pretty text-muted-foreground">{children}</div>
        )}
      </div>
      {actions !== undefined && actions !== false && (
        <div className="flex flex-wrap justify-center gap-2 pt-1">{actions}</div>
      )}
    </div>
  );
}
