'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { setServerErrors } from '#components/set-server-errors.ts';
import { TablePicker } from '#components/tables/table-picker.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { Input } from '#components/ui/input.tsx';
import { MutationForm } from '#components/ui/mutation-form.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import {
  setAliasRequest,
  type IdentityResponse,
  type ProfileResponse,
} from '#lib/contracts/profiles.ts';
import { profileKeys, setAlias } from '#lib/queries/profiles.ts';

type AddAliasDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  profile: ProfileResponse;
  identity: IdentityResponse;
};

export function AddAliasDialog({ open, onOpenChange, ...customer }: AddAliasDialogProps) {
  const { profile, identity } = customer;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="sm"
      title="Add alias"
      description={
        identity.userId === null
          ? `Which Optimizely user is customer ${profile.customerId} of ${profile.tableName}?`
          : `Which customer is Optimizely user ${identity.userId} in another table?`
      }
    >
      <AddAliasForm
        {...customer}
        onClose={() => {
          onOpenChange(false);
        }}
      />
    </Dialog>
  );
}

type AddAliasFormProps = {
  profile: ProfileResponse;
  identity: IdentityResponse;
  onClose: () => void;
};

function AddAliasForm({ profile, identity, onClose }: AddAliasFormProps) {
  const { userId } = identity;
  const queryClient = useQueryClient();
  const [hasFieldErrors, setFieldErrors] = useState(false);
  const form = useForm({
    resolver: zodResolver(setAliasRequest),
    defaultValues:
      userId === null
        ? { userId: '', tableId: profile.tableId, customerId: profile.customerId }
        : { userId, tableId: 0, customerId: '' },
  });
  const { errors } = form.formState;
  const add = useMutation({
    mutationFn: setAlias,
    onSuccess: async () => {
      onClose();
      toast.success('The alias is added');
      await queryClient.invalidateQueries({ queryKey: profileKeys.all });
    },
    onError: (error) => {
      const fields = userId === null ? (['userId'] as const) : (['customerId'] as const);
      setFieldErrors(setServerErrors({ error, setError: form.setError, fields }));
    },
  });
  return (
    <MutationForm form={form} mutation={add}>
      <DialogBody>
        <FormError error={add.error} hidden={hasFieldErrors} />
        {userId === null ? (
          <Field label="Optimizely user ID" error={errors.userId?.message}>
            <Input {...form.register('userId')} {...idInput} placeholder="oeu1234.5678" />
          </Field>
        ) : (
          <>
            <Controller
              control={form.control}
              name="tableId"
              render={({ field }) => (
                <Field label="Table" error={errors.tableId?.message}>
                  <TablePicker
                    value={field.value === 0 ? null : field.value}
                    onValueChange={(tableId) => {
                      field.onChange(tableId ?? 0);
                    }}
                  />
                </Field>
              )}
            />
            <Field
              label="Customer ID"
              description="It replaces the alias that the user has in this table."
              error={errors.customerId?.message}
            >
              <Input {...form.register('customerId')} {...idInput} />
            </Field>
          </>
        )}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" pending={add.isPending}>
          Add alias
        </Button>
      </DialogFooter>
    </MutationForm>
  );
}

const idInput = {
  autoComplete: 'off',
  autoCapitalize: 'none',
  spellCheck: false,
  className: 'font-mono',
} as const;
