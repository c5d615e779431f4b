import type { ComponentProps, ReactNode } from 'react';
import { cn } from '#components/cn.ts';

export function Card({ className, ...props }: ComponentProps<'section'>) {
  return (
    <section {...props} className={cn('min-w-0 rounded-lg border bg-card shadow-xs', className)} />
  );
}

type CardHeaderProps = {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** Give the Card aria-labelledby the same id. */
  titleId?: string;
};

export function CardHeader({ title, description, actions, titleId }: CardHeaderProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-b px-4 py-3">
      <div className="flex min-w-0 flex-1 basis-72 flex-col gap-0.5">
        <h2 id={titleId} className="text-base">
          {title}
        </h2>
        {description !== undefined && (
          <p className="text-sm text-pretty text-muted-foreground">{description}</p>
        )}
      </div>
      {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  );
}

export function CardBody({ className, ...props }: ComponentProps<'div'>) {
  return <div {...props} className={cn('flex flex-col gap-4 p-4', className)} />;
}

export function CardFooter({ className, ...props }: ComponentProps<'footer'>) {
  return (
    <footer
      {...props}
      className={cn('flex flex-wrap items-center justify-end gap-2 border-t px-4 py-3', className)}
    />
  );
}
