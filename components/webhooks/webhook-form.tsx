'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { setServerErrors } from '#components/set-server-errors.ts';
import { Button } from '#components/ui/button.tsx';
import { CheckboxGroup } from '#components/ui/checkbox-group.tsx';
import { DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { Input } from '#components/ui/input.tsx';
import { MutationForm } from '#components/ui/mutation-form.tsx';
import {
  createWebhookRequest,
  webhookEvents,
  type CreateWebhookRequest,
  type WebhookResponse,
} from '#lib/contracts/webhooks.ts';
import { webhookKeys } from '#lib/queries/webhooks.ts';
import { eventWords } from './event-words.ts';
import { ScopeChoice } from './scope-choice.tsx';

const eventOptions = webhookEvents.map((value) => ({ value, ...eventWords[value] }));

type WebhookFormProps<Saved> = {
  /** null for a new one. */
  webhook: WebhookResponse | null;
  save: (request: CreateWebhookRequest) => Promise<Saved>;
  onSaved: (saved: Saved) => void;
  onCancel: () => void;
};

/** Address, events and scope: the same for a new webhook and for one that is changed. */
export function WebhookForm<Saved>({ webhook, save, onSaved, onCancel }: WebhookFormProps<Saved>) {
  const queryClient = useQueryClient();
  const [hasFieldErrors, setFieldErrors] = useState(false);
  const form = useForm<CreateWebhookRequest>({
    resolver: zodResolver(createWebhookRequest),
    defaultValues: {
      url: webhook?.url ?? '',
      events: webhook?.events ?? [
        'upload.completed',
        'upload.completed_with_errors',
        'upload.failed',
      ],
      scope: webhook?.scope ?? { kind: 'all' },
    },
  });
  const { errors } = form.formState;
  const mutation = useMutation({
    mutationFn: save,
    onSuccess: async (saved) => {
      onSaved(saved);
      await queryClient.invalidateQueries({ queryKey: webhookKeys.all });
    },
    onError: (error) => {
      const fields = ['url', 'events', 'scope'] as const;
      setFieldErrors(setServerErrors({ error, setError: form.setError, fields }));
    },
  });
  return (
    <MutationForm form={form} mutation={mutation}>
      <DialogBody>
        <FormError error={mutation.error} hidden={hasFieldErrors} />
        <Field
          label="Address"
          description="OpenDCP sends a signed POST there; anything but a 2xx answer within 10 seconds is tried again."
          error={errors.url?.message}
        >
          <Input
            {...form.register('url')}
            type="url"
            inputMode="url"
            autoComplete="off"
            placeholder="https://example.com/hooks/opendcp"
          />
        </Field>
        <Controller
          control={form.control}
          name="events"
          render={({ field }) => (
            <CheckboxGroup
              legend="When an upload is"
              options={eventOptions}
              value={field.value}
              onValueChange={field.onChange}
              error={errors.events?.message}
            />
          )}
        />
        <Controller
          control={form.control}
          name="scope"
          render={({ field }) => (
            <ScopeChoice
              value={field.value}
              onValueChange={field.onChange}
              error={errors.scope?.message}
            />
          )}
        />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={mutation.isPending || mutation.isSuccess}>
          {webhook ? 'Save changes' : 'Add webhook'}
        </Button>
      </DialogFooter>
    </MutationForm>
  );
}
