import type { ComponentProps } from 'react';
import { cn } from '#components/cn.ts';

/** For a control outside a Field; a Field brings its own label. */
export function Label({ className, children, ...props }: ComponentProps<'label'>) {
  return (
    <label {...props} className={cn('text-sm font-medium text-foreground', className)}>
      {children}
    </label>
  );
}
