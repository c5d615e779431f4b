'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { setServerErrors } from '#components/set-server-errors.ts';
import { useMissingRole } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { CheckboxGroup } from '#components/ui/checkbox-group.tsx';
import { DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { Input } from '#components/ui/input.tsx';
import { MutationForm } from '#components/ui/mutation-form.tsx';
import { Select } from '#components/ui/select.tsx';
import {
  createTokenRequest,
  tokenScopes,
  type CreateTokenRequest,
  type CreateTokenResponse,
} from '#lib/contracts/tokens.ts';
import { createToken, servicesQuery, tokenKeys } from '#lib/queries/tokens.ts';
import { scopeWords } from './scope-words.ts';

type CreateTokenFormProps = {
  onCreated: (created: CreateTokenResponse) => void;
  onCancel: () => void;
};

const lifetimes = [
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: 'never', label: 'Never' },
];

export function CreateTokenForm({ onCreated, onCancel }: CreateTokenFormProps) {
  const queryClient = useQueryClient();
  const canWrite = useMissingRole('editor') === null;
  const services = useQuery(servicesQuery());
  const [hasFieldErrors, setFieldErrors] = useState(false);
  const form = useForm({
    resolver: zodResolver(createTokenRequest),
    defaultValues: {
      name: '',
      scopes: tokenScopes.filter((scope) => canWrite || !scopeWords[scope].needsEditor),
      serviceId: null,
      expiresInDays: 365,
    } as CreateTokenRequest,
  });
  const { errors } = form.formState;
  const create = useMutation({
    mutationFn: createToken,
    onSuccess: async (created) => {
      onCreated(created);
      await queryClient.invalidateQueries({ queryKey: tokenKeys.all });
    },
    onError: (error) => {
      const fields = ['name', 'scopes', 'serviceId'] as const;
      setFieldErrors(setServerErrors({ error, setError: form.setError, fields }));
    },
  });
  const scopeOptions = tokenScopes.map((value) => {
    const { needsEditor, ...words } = scopeWords[value];
    const disabled = needsEditor && !canWrite;
    return { value, ...words, disabled, ...(disabled && { description: 'Needs the editor role' }) };
  });
  const serviceOptions = [
    { value: 'all', label: 'All services' },
    ...(services.data ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
  ];
  return (
    <MutationForm form={form} mutation={create}>
      <DialogBody>
        <FormError error={create.error} hidden={hasFieldErrors} />
        <Field label="Name" error={errors.name?.message}>
          <Input {...form.register('name')} autoComplete="off" placeholder="Nightly CRM export" />
        </Field>
        <Controller
          control={form.control}
          name="scopes"
          render={({ field }) => (
            <CheckboxGroup
              legend="Rights"
              options={scopeOptions}
              value={field.value}
              onValueChange={field.onChange}
              error={errors.scopes?.message}
            />
          )}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <Controller
            control={form.control}
            name="expiresInDays"
            render={({ field }) => (
              <Field label="Expires" error={errors.expiresInDays?.message}>
                <Select
                  options={lifetimes}
                  value={field.value === null ? 'never' : String(field.value)}
                  onValueChange={(value) => {
                    field.onChange(value === 'never' ? null : Number(value));
                  }}
                />
              </Field>
            )}
          />
          <Controller
            control={form.control}
            name="serviceId"
            render={({ field }) => (
              <Field label="Service" error={errors.serviceId?.message}>
                <Select
                  options={serviceOptions}
                  value={field.value === null ? 'all' : String(field.value)}
                  onValueChange={(value) => {
                    field.onChange(value === 'all' ? null : Number(value));
                  }}
                />
              </Field>
            )}
          />
        </div>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={create.isPending || create.isSuccess}>
          Create token
        </Button>
      </DialogFooter>
    </MutationForm>
  );
}
