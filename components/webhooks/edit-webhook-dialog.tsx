'use client';

import { Dialog } from '#components/ui/dialog.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import type { WebhookResponse } from '#lib/contracts/webhooks.ts';
import { updateWebhook } from '#lib/queries/webhooks.ts';
import { WebhookForm } from './webhook-form.tsx';

type EditWebhookDialogProps = { webhook: WebhookResponse; onClose: () => void };

export function EditWebhookDialog({ webhook, onClose }: EditWebhookDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Edit webhook"
      description="What is waiting to be sent goes to the new address, too."
    >
      <WebhookForm
        webhook={webhook}
        save={(request) => updateWebhook(webhook.id, request)}
        onSaved={() => {
          toast.success('The webhook is changed');
          onClose();
        }}
        onCancel={onClose}
      />
    </Dialog>
  );
}
