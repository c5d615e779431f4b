'use client';

import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import type { Alias } from '#lib/contracts/profiles.ts';
import { profileKeys, setAlias } from '#lib/queries/profiles.ts';

export type AliasToRemove = Alias & { readonly userId: string };

type RemoveAliasDialogProps = {
  /** null while the dialog is closed. */
  alias: AliasToRemove | null;
  onClose: () => void;
};

export function RemoveAliasDialog({ alias, onClose }: RemoveAliasDialogProps) {
  if (!alias) return null;
  const { userId, tableId, tableName, customerId } = alias;
  return (
    <ConfirmDialog
      title={`Remove the alias in ${tableName}`}
      actionLabel="Remove alias"
      action={() => setAlias({ userId, tableId, customerId: null })}
      doneMessage={`The alias in ${tableName} is removed`}
      staleKey={profileKeys.all}
      onClose={onClose}
    >
      <p>
        <code className="font-mono wrap-anywhere">{userId}</code> is then no longer customer{' '}
        <code className="font-mono wrap-anywhere">{customerId}</code>. The rows of both stay as they
        are. A web page or a file can bring the alias back.
      </p>
    </ConfirmDialog>
  );
}
