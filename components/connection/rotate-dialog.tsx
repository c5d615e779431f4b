'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Callout } from '#components/ui/callout.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { RotateForm } from '#components/ui/rotate-form.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import { connectionKeys, rotateCredential } from '#lib/queries/connection.ts';

const overlaps = [
  { hours: 24, label: '24 hours', description: 'Enough to update one or two clients by hand.' },
  { hours: 168, label: '7 days', description: 'For clients that several people look after.' },
  { hours: 720, label: '30 days', description: 'The longest overlap.' },
  {
    hours: 0,
    label: 'None: the old keys end now',
    description:
      'When the secret may have leaked. Clients that use it fail until they are updated.',
  },
] as const;

type RotateDialogProps = {
  tableId: number;
  tableName: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

export function RotateDialog({ tableId, tableName, open, onOpenChange }: RotateDialogProps) {
  const queryClient = useQueryClient();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Rotate the keys of ${tableName}`}
      description="Makes a new access key and secret for this table. Files that were uploaded stay as they are."
    >
      <RotateForm
        legend="How long do the old keys stay valid?"
        overlaps={overlaps}
        initialHours={24}
        warning={
          <Callout tone="warning" role="status">
            Uploads that are running with the old keys may break.
          </Callout>
        }
        actionLabel="Rotate keys"
        rotate={(overlapHours) => rotateCredential(tableId, { overlapHours })}
        onRotated={async () => {
          await queryClient.invalidateQueries({ queryKey: connectionKeys.detail(tableId) });
          toast.success('The new keys are ready', {
            description: 'Give them to every client that uploads to this table.',
          });
          onOpenChange(false);
        }}
        onCancel={() => {
          onOpenChange(false);
        }}
      />
    </Dialog>
  );
}
