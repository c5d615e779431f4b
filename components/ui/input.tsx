'use client';

import { Input as BaseInput } from '@base-ui/react/input';
import type { ComponentProps } from 'react';
import { cn } from '#components/cn.ts';
import { controlStyles } from './control-styles.ts';

type InputProps = Omit<ComponentProps<typeof BaseInput>, 'className'> & { className?: string };

/** Inside a Field it finds its label, description and error by itself. */
export function Input({ className, ...props }: InputProps) {
  return <BaseInput {...props} className={cn(controlStyles, 'h-8', className)} />;
}
