'use client';

import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip';
import { useId, useState, type ReactElement, type ReactNode } from 'react';

export const TooltipProvider = BaseTooltip.Provider;

type TooltipProps = {
  content: ReactNode;
  /** One focusable element; it is described by the tooltip while that is open. */
  children: ReactElement;
  side?: 'top' | 'right' | 'bottom' | 'left';
};

export function Tooltip({ content, children, side = 'top' }: TooltipProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <BaseTooltip.Root open={open} onOpenChange={setOpen}>
      <BaseTooltip.Trigger render={children} aria-describedby={open ? id : undefined} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner side={side} sideOffset={6} className="z-50">
          <BaseTooltip.Popup
            id={id}
            role="tooltip"
            className="max-w-72 origin-(--transform-origin) rounded-md bg-foreground px-2 py-1 text-xs text-background shadow-md transition-[opacity,scale] duration-100 data-ending-style:opacity-0 data-instant:transition-none data-starting-style:scale-95 data-starting-style:opacity-0"
          >
            {content}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}
