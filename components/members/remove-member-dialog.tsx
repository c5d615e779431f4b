'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import type { UserResponse } from '#lib/contracts/auth.ts';
import { memberKeys, removeMember } from '#lib/queries/members.ts';

type RemoveMemberDialogProps = {
  /** null while the dialog is closed. */
  member: UserResponse | null;
  onClose: () => void;
};

export function RemoveMemberDialog({ member, onClose }: RemoveMemberDialogProps) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: ({ id }: UserResponse) => removeMember(id),
    onSuccess: async (_answer, { name }) => {
      onClose();
      toast.success(`${name} is removed`);
      await queryClient.invalidateQueries({ queryKey: memberKeys.all });
    },
  });
  if (!member) return null;
  return (
    <AlertDialog
      open
      onOpenChange={(open) => {
        if (open) return;
        remove.reset();
        onClose();
      }}
      title={`Remove ${member.name}`}
      actionLabel={`Remove ${member.name}`}
      onAction={() => {
        remove.mutate(member);
      }}
      pending={remove.isPending}
    >
      <FormError error={remove.error} />
      <p>
        {member.email} is signed out everywhere and cannot sign in any more. API tokens that this
        person made stop working. Tables, uploads and the audit trail stay.
      </p>
    </AlertDialog>
  );
}
