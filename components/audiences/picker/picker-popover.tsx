'use client';

import { Popover } from '@base-ui/react/popover';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '#components/cn.ts';
import { popupStyles } from '#components/ui/popup-styles.ts';

type PickerPopoverProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Of the list: "Choose an attribute". */
  label: string;
  trigger: ComponentProps<typeof Popover.Trigger>;
  /** The list, with its search. */
  children: ReactNode;
  className?: string;
};

/** A button that opens a list to search in. */
export function PickerPopover(props: PickerPopoverProps) {
  const { open, onOpenChange, label, trigger, children, className } = props;
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Trigger {...trigger} />
      <Popover.Portal>
        <Popover.Positioner align="start" sideOffset={4} collisionPadding={8} className="z-50">
          <Popover.Popup
            aria-label={label}
            className={cn(
              popupStyles,
              'flex max-h-[min(26rem,var(--available-height))] flex-col overflow-hidden',
              className,
            )}
          >
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
