'use client';

import { AlertDialog as BaseAlertDialog } from '@base-ui/react/alert-dialog';
import { useRef, type ReactNode } from 'react';
import { cn } from '#components/cn.ts';
import { Button } from './button.tsx';
import { dialogBackdropStyles, dialogPopupStyles } from './dialog.tsx';

type AlertDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Verb and name: "Delete table CRM". */
  title: string;
  /** What is lost, in words or as a list. */
  children: ReactNode;
  /** The same verb and name as the title. */
  actionLabel: string;
  onAction: () => void;
  pending?: boolean;
  /** While it says something, the action cannot be pressed; the button shows it as the reason. */
  blockedReason?: string | null;
  tone?: 'danger' | 'primary';
  cancelLabel?: string;
};

/** Before something that cannot be undone. Focus starts on the safe button; a press outside does not close. */
export function AlertDialog({
  open,
  onOpenChange,
  title,
  children,
  actionLabel,
  onAction,
  pending = false,
  blockedReason,
  tone = 'danger',
  cancelLabel = 'Cancel',
}: AlertDialogProps) {
  const cancel = useRef<HTMLButtonElement>(null);
  return (
    <BaseAlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <BaseAlertDialog.Portal>
        <BaseAlertDialog.Backdrop className={dialogBackdropStyles} />
        <BaseAlertDialog.Popup initialFocus={cancel} className={cn(dialogPopupStyles, 'sm:w-112')}>
          <div className="flex flex-col gap-3 overflow-y-auto px-5 py-4">
            <BaseAlertDialog.Title className="text-lg font-semibold wrap-break-word">
              {title}
            </BaseAlertDialog.Title>
            <BaseAlertDialog.Description
              render={<div />}
              className="flex flex-col gap-3 text-base text-pretty text-muted-foreground"
            >
              {children}
            </BaseAlertDialog.Description>
          </div>
          <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">
            <BaseAlertDialog.Close ref={cancel} render={<Button />}>
              {cancelLabel}
            </BaseAlertDialog.Close>
            <Button
              variant={tone}
              onClick={onAction}
              pending={pending}
              disabledReason={blockedReason}
              className="max-w-full"
            >
              <span className="truncate">{actionLabel}</span>
            </Button>
          </footer>
        </BaseAlertDialog.Popup>
      </BaseAlertDialog.Portal>
    </BaseAlertDialog.Root>
  );
}
