'use client';

import { useState } from 'react';
import { useMissingRole } from '#components/shell/session.tsx';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import type { UploadResponse } from '#lib/contracts/uploads.ts';
import { describeCancel } from './outcome.ts';
import { useCancelUpload } from './use-cancel-upload.ts';

type CancelUploadButtonProps = { upload: UploadResponse };

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
        <p>{describeCancel(upload)}</p>
        <p>The file itself is kept, and you can have it processed again.</p>
      </AlertDialog>
    </>
  );
}
