'use client';

import { Field } from '@base-ui/react/field';
import type { ComponentProps } from 'react';
import { cn } from '#components/cn.ts';
import { controlStyles } from './control-styles.ts';

export function Textarea({ className, rows = 3, ...props }: ComponentProps<'textarea'>) {
  return (
    <Field.Control
      render={<textarea {...props} rows={rows} />}
      disabled={props.disabled ?? false}
      className={cn(controlStyles, 'block min-h-16 py-1.5', className)}
    />
  );
}
