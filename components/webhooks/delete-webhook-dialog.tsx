'use client';

import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import type { WebhookResponse } from '#lib/contracts/webhooks.ts';
import { deleteWebhook, webhookKeys } from '#lib/queries/webhooks.ts';
import { receiverOf } from './receiver-of.ts';

type DeleteWebhookDialogProps = {
  webhook: WebhookResponse;
  onClose: () => void;
  onDeleted?: () => void;
};

export function DeleteWebhookDialog({ webhook, onClose, onDeleted }: DeleteWebhookDialogProps) {
  const receiver = receiverOf(webhook.url);
  return (
    <ConfirmDialog
      title={`Delete the webhook to ${receiver}`}
      actionLabel="Delete webhook"
      action={async () => {
        await deleteWebhook(webhook.id);
        onDeleted?.();
      }}
      doneMessage={`The webhook to ${receiver} is deleted`}
      staleKey={webhookKeys.list}
      onClose={onClose}
    >
      <p>
        Nothing more is sent to it: messages that wait for another try are dropped, and what was
        sent is not listed any more. To stop for a while, pause it instead.
      </p>
    </ConfirmDialog>
  );
}
