'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '#components/ui/dialog.tsx';
import { RotateForm } from '#components/ui/rotate-form.tsx';
import type { WebhookResponse, WebhookSecretResponse } from '#lib/contracts/webhooks.ts';
import { rotateWebhookSecret, webhookKeys } from '#lib/queries/webhooks.ts';
import { NewSecret } from './new-secret.tsx';

const overlaps = [
  { hours: 1, label: '1 hour', description: 'For one receiver that is at hand.' },
  { hours: 24, label: '24 hours', description: 'Enough to change it by hand.' },
  { hours: 168, label: '7 days', description: 'The longest overlap.' },
  {
    hours: 0,
    label: 'None: the old secret ends now',
    description: 'When it may have leaked. A receiver refuses messages until it has the new one.',
  },
] as const;

type RotateSecretDialogProps = { webhook: WebhookResponse; onClose: () => void };

export function RotateSecretDialog({ webhook, onClose }: RotateSecretDialogProps) {
  const queryClient = useQueryClient();
  const [rotated, setRotated] = useState<WebhookSecretResponse | null>(null);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={rotated ? 'The new signing secret' : 'Rotate signing secret'}
      description={
        rotated
          ? 'Give it to the receiver.'
          : 'During the overlap messages carry a signature of each secret, so that the receiver can change over.'
      }
    >
      {rotated ? (
        <NewSecret secret={rotated.secret} onClose={onClose} />
      ) : (
        <RotateForm
          legend="How long does the old secret sign as well?"
          overlaps={overlaps}
          initialHours={24}
          actionLabel="Rotate secret"
          rotate={(overlapHours) => rotateWebhookSecret(webhook.id, { overlapHours })}
          onRotated={async (made) => {
            setRotated(made);
            await queryClient.invalidateQueries({ queryKey: webhookKeys.all });
          }}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}
