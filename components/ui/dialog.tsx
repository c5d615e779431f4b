'use client';

import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '#components/cn.ts';
import { buttonStyles } from './button-styles.ts';

export const dialogBackdropStyles =
  'fixed inset-0 z-40 min-h-dvh bg-backdrop transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0';

export const dialogPopupStyles =
  'fixed inset-x-0 bottom-0 z-50 flex max-h-[calc(100dvh-1rem)] w-full flex-col rounded-t-xl border bg-popover text-foreground shadow-lg transition-[opacity,translate,scale] duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0 max-sm:data-ending-style:translate-y-4 max-sm:data-starting-style:translate-y-4 sm:inset-auto sm:top-1/2 sm:left-1/2 sm:max-h-[min(46rem,calc(100dvh-4rem))] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-xl sm:data-ending-style:scale-98 sm:data-starting-style:scale-98';

const widths = { sm: 'sm:w-104', md: 'sm:w-136', lg: 'sm:w-208' } as const;

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** DialogBody and DialogFooter, usually inside one form with class `contents`. */
  children: ReactNode;
  size?: keyof typeof widths;
  /** What gets the focus on opening; the first control by default. */
  initialFocus?: ComponentProps<typeof BaseDialog.Popup>['initialFocus'];
};

/** Contents unmount on closing, so a form inside starts fresh each time. A sheet on phones. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  size = 'md',
  initialFocus,
}: DialogProps) {
  return (
    <BaseDialog.Root open={open} onOpenChange={onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={dialogBackdropStyles} />
        <BaseDialog.Popup
          className={cn(dialogPopupStyles, widths[size])}
          {...(initialFocus === undefined ? {} : { initialFocus })}
        >
          <header className="flex flex-col gap-0.5 border-b py-3.5 pr-14 pl-5">
            <BaseDialog.Title className="text-lg font-semibold wrap-break-word">
              {title}
            </BaseDialog.Title>
            {description !== undefined && (
              <BaseDialog.Description className="text-sm text-pretty text-muted-foreground">
                {description}
              </BaseDialog.Description>
            )}
          </header>
          {children}
          {/* Last, so that the focus starts on the first control of the contents. */}
          <BaseDialog.Close
            aria-label="Close"
            className={cn(
              buttonStyles({ variant: 'ghost', size: 'icon-sm' }),
              'absolute top-3 right-3.5',
            )}
          >
            <X aria-hidden />
          </BaseDialog.Close>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

export function DialogBody({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={cn('flex min-h-0 flex-col gap-5 overflow-y-auto px-5 py-4', className)}>
      {children}
    </div>
  );
}

export function DialogFooter({ children }: { children: ReactNode }) {
  return (
    <footer className="flex flex-wrap items-center justify-end gap-2 border-t px-5 py-3">
      {children}
    </footer>
  );
}
