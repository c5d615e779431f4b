'use client';

import { Dialog } from '#components/ui/dialog.tsx';
import { NewRequestForm } from './new-request-form.tsx';

type NewRequestDialogProps = {
  open: boolean;
  /** What the form begins with. */
  tableId: number | null;
  customerId: string;
  onClose: () => void;
};

export function NewRequestDialog({ open, onClose, ...customer }: NewRequestDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title="New privacy request"
      description="A worker searches tables and kept files. Nothing is erased before you have seen what was found."
    >
      <NewRequestForm {...customer} onCancel={onClose} />
    </Dialog>
  );
}
