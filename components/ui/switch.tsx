'use client';

import { Switch as BaseSwitch } from '@base-ui/react/switch';
import type { ComponentProps } from 'react';
import { cn } from '#components/cn.ts';

type SwitchProps = Omit<ComponentProps<typeof BaseSwitch.Root>, 'className'> & {
  className?: string;
};

/** For settings that take effect at once; in a form that is saved use a Checkbox. */
export function Switch({ className, ...props }: SwitchProps) {
  return (
    <BaseSwitch.Root
      {...props}
      className={cn(
        'relative flex h-5 w-9 shrink-0 rounded-full border border-input bg-muted p-0.5 transition-colors duration-150 after:absolute after:-inset-1 data-checked:border-primary data-checked:bg-primary data-disabled:opacity-55',
        className,
      )}
    >
      <BaseSwitch.Thumb className="size-3.5 rounded-full bg-muted-foreground transition-[translate,background-color] duration-150 data-checked:translate-x-4 data-checked:bg-primary-foreground" />
    </BaseSwitch.Root>
  );
}
