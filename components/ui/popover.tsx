'use client';

import { Popover as BasePopover } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { cn } from '#components/cn.ts';
import { popupStyles } from './popup-styles.ts';

type PopoverProps = {
  /** A Button; Base UI makes it the trigger. */
  trigger: ReactElement;
  title?: string;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  className?: string;
};

export function Popover({ trigger, title, children, align = 'start', className }: PopoverProps) {
  return (
    <BasePopover.Root>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner align={align} sideOffset={6} className="z-50">
          <BasePopover.Popup
            className={cn(
              popupStyles,
              'flex w-80 max-w-[calc(100vw-1rem)] flex-col gap-2 p-3 text-sm',
              className,
            )}
          >
            {title !== undefined && (
              <BasePopover.Title className="font-semibold">{title}</BasePopover.Title>
            )}
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
