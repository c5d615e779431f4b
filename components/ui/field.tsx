'use client';

import { Field as BaseField } from '@base-ui/react/field';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '#components/cn.ts';

type FieldProps = {
  label: ReactNode;
  /** One Input, Textarea, Select, RadioGroup, ... */
  children: ReactNode;
  description?: ReactNode;
  /** From react-hook-form's `errors.<name>?.message`. */
  error?: string | undefined;
  optional?: boolean;
  /** A notice that is no error, such as a warning about the name. */
  notice?: ReactNode;
  disabled?: boolean;
  className?: string;
};

/** Label, control, description and error, tied together for assistive technology. */
export function Field({
  label,
  children,
  description,
  error,
  optional = false,
  notice,
  disabled = false,
  className,
}: FieldProps) {
  return (
    <BaseField.Root
      invalid={error !== undefined}
      disabled={disabled}
      className={cn('flex min-w-0 flex-col gap-1.5', className)}
    >
      <BaseField.Label className="text-sm font-medium">
        {label}
        {optional && <span className="font-normal text-muted-foreground"> (optional)</span>}
      </BaseField.Label>
      {children}
      {description !== undefined && (
        <BaseField.Description className="text-xs text-pretty text-muted-foreground">
          {description}
        </BaseField.Description>
      )}
      <BaseField.Error
        match={error !== undefined}
        className="flex items-start gap-1.5 text-xs font-medium text-danger"
      >
        <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
        <span>{error}</span>
      </BaseField.Error>
      {notice}
    </BaseField.Root>
  );
}
