'use client';

import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import type { UserResponse } from '#lib/contracts/auth.ts';
import { memberKeys, removeMember } from '#lib/queries/members.ts';

type RemoveMemberDialogProps = {
  /** null while the dialog is closed. */
  member: UserResponse | null;
  onClose: () => void;
};

export function RemoveMemberDialog({ member, onClose }: RemoveMemberDialogProps) {
  if (!member) return null;
  return (
    <ConfirmDialog
      title={`Remove ${member.name}`}
      actionLabel={`Remove ${member.name}`}
      action={() => removeMember(member.id)}
      doneMessage={`${member.name} is removed`}
      staleKey={memberKeys.all}
      onClose={onClose}
    >
      <p>
        {member.email} is signed out everywhere and cannot sign in any more. API tokens that this
        person made stop working. Tables, uploads and the audit trail stay.
      </p>
    </ConfirmDialog>
  );
}
