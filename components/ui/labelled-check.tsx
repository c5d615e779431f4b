'use client';

import { Field } from '@base-ui/react/field';
import type { ReactElement, ReactNode } from 'react';
import { cn } from '#components/cn.ts';

type LabelledCheckProps = {
  label: ReactNode;
  description?: ReactNode;
  /** A Checkbox. */
  children: ReactElement;
  disabled?: boolean;
  className?: string;
};

/** A checkbox with its label beside it and its explanation below. */
export function LabelledCheck({
  label,
  description,
  children,
  disabled = false,
  className,
}: LabelledCheckProps) {
  return (
    <Field.Root
      disabled={disabled}
      className={cn('grid grid-cols-[auto_1fr] gap-x-2.5 gap-y-0.5', className)}
    >
      <span className="flex h-5 items-center">{children}</span>
      <Field.Label className="text-sm font-medium">{label}</Field.Label>
      {description !== undefined && (
        <Field.Description className="col-start-2 text-xs text-pretty text-muted-foreground">
          {description}
        </Field.Description>
      )}
    </Field.Root>
  );
}
