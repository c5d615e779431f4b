'use client';

import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import type { TokenResponse } from '#lib/contracts/tokens.ts';
import { revokeToken, tokenKeys } from '#lib/queries/tokens.ts';

type RevokeTokenDialogProps = {
  /** null while the dialog is closed. */
  token: TokenResponse | null;
  onClose: () => void;
};

export function RevokeTokenDialog({ token, onClose }: RevokeTokenDialogProps) {
  if (!token) return null;
  return (
    <ConfirmDialog
      title={`Revoke ${token.name}`}
      actionLabel="Revoke token"
      action={() => revokeToken(token.id)}
      doneMessage={`${token.name} is revoked`}
      staleKey={tokenKeys.all}
      onClose={onClose}
    >
      <p>
        Programs that use this token are refused from their next request on. It cannot be made valid
        again; create a new one and put it in its place.
      </p>
    </ConfirmDialog>
  );
}
