'use client';

import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { AlertDialog } from './alert-dialog.tsx';
import { FormError } from './form-error.tsx';
import { toast } from './toast-manager.ts';

type ConfirmDialogProps = {
  /** Verb and name: "Remove Ada". */
  title: string;
  actionLabel: string;
  action: () => Promise<unknown>;
  /** What the toast says afterwards. */
  doneMessage: string;
  /** What is asked for again afterwards. */
  staleKey: QueryKey;
  onClose: () => void;
  /** What it means, in words. */
  children: ReactNode;
};

/** Asks before it does something that cannot be taken back. Open while it is rendered. */
export function ConfirmDialog({
  title,
  actionLabel,
  action,
  doneMessage,
  staleKey,
  onClose,
  children,
}: ConfirmDialogProps) {
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: action,
    onSuccess: async () => {
      onClose();
      toast.success(doneMessage);
      await queryClient.invalidateQueries({ queryKey: staleKey });
    },
  });
  return (
    <AlertDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={title}
      actionLabel={actionLabel}
      onAction={() => {
        mutation.mutate();
      }}
      pending={mutation.isPending}
    >
      <FormError error={mutation.error} />
      {children}
    </AlertDialog>
  );
}
