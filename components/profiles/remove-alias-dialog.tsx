'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import type { Alias } from '#lib/contracts/profiles.ts';
import { profileKeys, setAlias } from '#lib/queries/profiles.ts';

export type AliasToRemove = Alias & { readonly userId: string };

type RemoveAliasDialogProps = {
  /** null while the dialog is closed. */
  alias: AliasToRemove | null;
  onClose: () => void;
};

export function RemoveAliasDialog({ alias, onClose }: RemoveAliasDialogProps) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: ({ userId, tableId }: AliasToRemove) =>
      setAlias({ userId, tableId, customerId: null }),
    onSuccess: async (_answer, { tableName }) => {
      onClose();
      toast.success(`The alias in ${tableName} is removed`);
      await queryClient.invalidateQueries({ queryKey: profileKeys.all });
    },
  });
  if (!alias) return null;
  return (
    <AlertDialog
      open
      onOpenChange={(open) => {
        if (open) return;
        remove.reset();
        onClose();
      }}
      title={`Remove the alias in ${alias.tableName}`}
      actionLabel="Remove alias"
      onAction={() => {
        remove.mutate(alias);
      }}
      pending={remove.isPending}
    >
      <FormError error={remove.error} />
      <p>
        <code className="font-mono wrap-anywhere">{alias.userId}</code> is then no longer customer{' '}
        <code className="font-mono wrap-anywhere">{alias.customerId}</code>. The rows of both stay
        as they are. A web page or a file can bring the alias back.
      </p>
    </AlertDialog>
  );
}
