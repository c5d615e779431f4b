'use client';

import { useState } from 'react';
import { useMissingRole } from '#components/shell/session.tsx';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import type { UploadSummary } from '#lib/contracts/uploads.ts';
import { useCancelUpload } from './use-cancel-upload.ts';

type CancelUploadButtonProps = { upload: UploadSummary };

export function CancelUploadButton({ upload }: CancelUploadButtonProps) {
  const [isConfirming, setConfirming] = useState(false);
  const cancel = useCancelUpload(upload.id, {
    onSuccess: () => {
      setConfirming(false);
    },
  });
  return (
    <>
      <Button
        disabledReason={useMissingRole('editor')}
        onClick={() => {
          setConfirming(true);
        }}
      >
        Cancel upload
      </Button>
      <AlertDialog
        open={isConfirming}
        onOpenChange={setConfirming}
        title={`Cancel upload ${upload.fileName}`}
        actionLabel="Cancel upload"
        cancelLabel="Keep going"
        pending={cancel.isPending}
        onAction={() => {
          cancel.mutate();
        }}
      >
        <FormError error={cancel.error} />
        <p>
          {upload.checkOnly
            ? 'The worker stops at once; nothing of the file was or will be stored.'
            : 'The worker stops at once. Rows that it has stored by then stay stored; the rest of the file is left out.'}{' '}
          The file itself is kept, and you can have it processed again.
        </p>
      </AlertDialog>
    </>
  );
}
