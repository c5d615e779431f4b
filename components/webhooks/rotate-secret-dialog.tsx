'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import type { WebhookResponse, WebhookSecretResponse } from '#lib/contracts/webhooks.ts';
import { rotateWebhookSecret, webhookKeys } from '#lib/queries/webhooks.ts';
import { NewSecret } from './new-secret.tsx';

const overlaps = [
  { value: '1', hours: 1, label: '1 hour', description: 'For one receiver that is at hand.' },
  { value: '24', hours: 24, label: '24 hours', description: 'Enough to change it by hand.' },
  { value: '168', hours: 168, label: '7 days', description: 'The longest overlap.' },
  {
    value: '0',
    hours: 0,
    label: 'None: the old secret ends now',
    description: 'When it may have leaked. A receiver refuses messages until it has the new one.',
  },
] as const;
type Overlap = (typeof overlaps)[number]['value'];

type RotateSecretDialogProps = { webhook: WebhookResponse; onClose: () => void };

export function RotateSecretDialog({ webhook, onClose }: RotateSecretDialogProps) {
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
        <RotateForm webhookId={webhook.id} onRotated={setRotated} onCancel={onClose} />
      )}
    </Dialog>
  );
}

type RotateFormProps = {
  webhookId: number;
  onRotated: (rotated: WebhookSecretResponse) => void;
  onCancel: () => void;
};

function RotateForm({ webhookId, onRotated, onCancel }: RotateFormProps) {
  const queryClient = useQueryClient();
  const [overlap, setOverlap] = useState<Overlap>('24');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      rotateWebhookSecret(webhookId, {
        overlapHours: overlaps.find(({ value }) => value === overlap)?.hours ?? 24,
      }),
    onSuccess: async (rotated) => {
      onRotated(rotated);
      await queryClient.invalidateQueries({ queryKey: webhookKeys.all });
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
          legend="How long does the old secret sign as well?"
          name="overlap"
          options={overlaps}
          value={overlap}
          onValueChange={setOverlap}
        />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant={overlap === '0' ? 'danger' : 'primary'} pending={isPending}>
          Rotate secret
        </Button>
      </DialogFooter>
    </form>
  );
}
