'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Controller, useForm, useWatch } from 'react-hook-form';
import { setServerErrors } from '#components/set-server-errors.ts';
import { TablePicker } from '#components/tables/table-picker.tsx';
import { Button } from '#components/ui/button.tsx';
import { DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { Input } from '#components/ui/input.tsx';
import { MutationForm } from '#components/ui/mutation-form.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { Select } from '#components/ui/select.tsx';
import {
  createPrivacyRequest as createBody,
  identifierTypes,
  type CreatePrivacyRequest,
} from '#lib/contracts/privacy-requests.ts';
import { createPrivacyRequest, privacyKeys } from '#lib/queries/privacy-requests.ts';
import { identifierTypeWords } from './request-words.ts';

const kindOptions = [
  {
    value: 'access',
    label: 'Export',
    description: 'A zip file of everything that is held, to download within seven days.',
  },
  {
    value: 'delete',
    label: 'Erase',
    description: 'You see what was found, and confirm, before anything goes.',
  },
] as const;

const typeOptions = identifierTypes.map((value) => ({
  value,
  label: identifierTypeWords[value],
}));

type NewRequestFormProps = { tableId: number | null; customerId: string; onCancel: () => void };

export function NewRequestForm({ tableId, customerId, onCancel }: NewRequestFormProps) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const [hasFieldErrors, setFieldErrors] = useState(false);
  const form = useForm({
    resolver: zodResolver(createBody),
    defaultValues: {
      kind: 'access',
      identifierType: 'dcp_id',
      identifier: customerId,
      tableId,
    } as CreatePrivacyRequest,
  });
  const { errors } = form.formState;
  const identifierType = useWatch({ control: form.control, name: 'identifierType' });
  const create = useMutation({
    mutationFn: createPrivacyRequest,
    onSuccess: async (request) => {
      queryClient.setQueryData(privacyKeys.detail(request.id), request);
      router.push(`/settings/privacy/${request.id}`);
      await queryClient.invalidateQueries({ queryKey: privacyKeys.all });
    },
    onError: (error) => {
      const fields = ['identifier', 'tableId'] as const;
      setFieldErrors(setServerErrors({ error, setError: form.setError, fields }));
    },
  });
  return (
    <MutationForm form={form} mutation={create}>
      <DialogBody>
        <FormError error={create.error} hidden={hasFieldErrors} />
        <Controller
          control={form.control}
          name="kind"
          render={({ field }) => (
            <RadioGroup
              legend="What is asked for"
              name={field.name}
              options={kindOptions}
              value={field.value}
              onValueChange={field.onChange}
            />
          )}
        />
        <div className="grid gap-5 sm:grid-cols-[1fr_2fr]">
          <Controller
            control={form.control}
            name="identifierType"
            render={({ field }) => (
              <Field label="Kind of ID">
                <Select
                  options={typeOptions}
                  value={field.value}
                  onValueChange={(value) => {
                    field.onChange(value);
                    if (value === 'optimizely_end_user_id') form.setValue('tableId', null);
                  }}
                />
              </Field>
            )}
          />
          <Field label="ID" error={errors.identifier?.message}>
            <Input
              {...form.register('identifier')}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="font-mono"
            />
          </Field>
        </div>
        {identifierType === 'dcp_id' && (
          <Controller
            control={form.control}
            name="tableId"
            render={({ field }) => (
              <Field
                label="Table"
                description="Choose one if the same ID is another person’s elsewhere."
                error={errors.tableId?.message}
              >
                <TablePicker
                  value={field.value ?? null}
                  onValueChange={field.onChange}
                  noneLabel="All tables"
                />
              </Field>
            )}
          />
        )}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={create.isPending || create.isSuccess}>
          Search
        </Button>
      </DialogFooter>
    </MutationForm>
  );
}
