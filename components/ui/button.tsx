'use client';

import { Button as BaseButton } from '@base-ui/react/button';
import type { ComponentProps } from 'react';
import { cn } from '#components/cn.ts';
import { buttonStyles, type ButtonStyles } from './button-styles.ts';
import { Spinner } from './spinner.tsx';
import { Tooltip } from './tooltip.tsx';

export type ButtonProps = Omit<ComponentProps<typeof BaseButton>, 'className'> &
  ButtonStyles & {
    className?: string;
    /** Shows a spinner in the button's own width and swallows further presses; focus stays. */
    pending?: boolean;
    /** Why the button cannot be used: it stays focusable and says so on hover and focus. */
    disabledReason?: string | null | undefined;
  };

export function Button({
  variant,
  size,
  className,
  pending = false,
  disabled = false,
  disabledReason,
  children,
  ...props
}: ButtonProps) {
  const blocked = typeof disabledReason === 'string';
  const button = (
    <BaseButton
      {...props}
      disabled={disabled || pending || blocked}
      focusableWhenDisabled={pending || blocked}
      aria-busy={pending || undefined}
      className={cn(
        buttonStyles({ variant, size }),
        pending && 'data-disabled:opacity-100',
        className,
      )}
    >
      {pending ? (
        <>
          <span className="absolute inset-0 grid place-items-center">
            <Spinner />
          </span>
          <span className="inline-flex items-center gap-1.5 opacity-0">{children}</span>
        </>
      ) : (
        children
      )}
    </BaseButton>
  );
  return blocked ? <Tooltip content={disabledReason}>{button}</Tooltip> : button;
}
