'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import type { TokenResponse } from '#lib/contracts/tokens.ts';
import { revokeToken, tokenKeys } from '#lib/queries/tokens.ts';

type RevokeTokenDialogProps = {
  /** null while the dialog is closed. */
  token: TokenResponse | null;
  onClose: () => void;
};

export function RevokeTokenDialog({ token, onClose }: RevokeTokenDialogProps) {
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: ({ id }: TokenResponse) => revokeToken(id),
    onSuccess: async (_answer, { name }) => {
      onClose();
      toast.success(`${name} is revoked`);
      await queryClient.invalidateQueries({ queryKey: tokenKeys.all });
    },
  });
  if (!token) return null;
  return (
    <AlertDialog
      open
      onOpenChange={(open) => {
        if (open) return;
        revoke.reset();
        onClose();
      }}
      title={`Revoke ${token.name}`}
      actionLabel="Revoke token"
      onAction={() => {
        revoke.mutate(token);
      }}
      pending={revoke.isPending}
    >
      <FormError error={revoke.error} />
      <p>
        Programs that use this token are refused from their next request on. It cannot be made valid
        again; create a new one and put it in its place.
      </p>
    </AlertDialog>
  );
}
