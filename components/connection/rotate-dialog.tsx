'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Dialog, DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import { connectionKeys, rotateCredential } from '#lib/queries/connection.ts';

const overlaps = [
  { value: '24', label: '24 hours', description: 'Enough to update one or two clients by hand.' },
  { value: '168', label: '7 days', description: 'For clients that several people look after.' },
  { value: '720', label: '30 days', description: 'The longest overlap.' },
  {
    value: '0',
    label: 'None: the old keys end now',
    description:
      'When the secret may have leaked. Clients that use it fail until they are updated.',
  },
] as const;
type Overlap = (typeof overlaps)[number]['value'];

type RotateDialogProps = {
  tableId: number;
  tableName: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

export function RotateDialog({ tableId, tableName, open, onOpenChange }: RotateDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Rotate the keys of ${tableName}`}
      description="Makes a new access key and secret for this table. Files that were uploaded stay as they are."
    >
      <RotateForm
        tableId={tableId}
        onDone={() => {
          onOpenChange(false);
        }}
      />
    </Dialog>
  );
}

function RotateForm({ tableId, onDone }: { tableId: number; onDone: () => void }) {
  const [overlap, setOverlap] = useState<Overlap>('24');
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => rotateCredential(tableId, { overlapHours: Number(overlap) }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: connectionKeys.detail(tableId) });
      toast.success('The new keys are ready', {
        description: 'Give them to every client that uploads to this table.',
      });
      onDone();
    },
  });
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) mutate();
      }}
    >
      <DialogBody>
        <FormError error={error} />
        <RadioGroup
          legend="How long do the old keys stay valid?"
          name="overlap"
          options={overlaps}
          value={overlap}
          onValueChange={setOverlap}
        />
        {overlap === '0' && (
          <Callout tone="warning" role="status">
            Uploads that are running with the old keys may break.
          </Callout>
        )}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant={overlap === '0' ? 'danger' : 'primary'} pending={isPending}>
          Rotate keys
        </Button>
      </DialogFooter>
    </form>
  );
}
