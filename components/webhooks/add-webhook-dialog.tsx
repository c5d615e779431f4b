'use client';

import { useState } from 'react';
import { Dialog } from '#components/ui/dialog.tsx';
import type { WebhookSecretResponse } from '#lib/contracts/webhooks.ts';
import { createWebhook } from '#lib/queries/webhooks.ts';
import { NewSecret } from './new-secret.tsx';
import { WebhookForm } from './webhook-form.tsx';

type AddWebhookDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

export function AddWebhookDialog({ open, onOpenChange }: AddWebhookDialogProps) {
  const [created, setCreated] = useState<WebhookSecretResponse | null>(null);
  function change(next: boolean): void {
    if (!next) setCreated(null);
    onOpenChange(next);
  }
  const close = () => {
    change(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={created ? 'The signing secret' : 'Add webhook'}
      description={
        created
          ? 'Every message is signed with it, as Standard Webhooks describes.'
          : 'It hears of uploads that end from now on.'
      }
    >
      {created ? (
        <NewSecret secret={created.secret} onClose={close} />
      ) : (
        <WebhookForm webhook={null} save={createWebhook} onSaved={setCreated} onCancel={close} />
      )}
    </Dialog>
  );
}
