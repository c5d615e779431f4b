'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Controller, useForm, useWatch } from 'react-hook-form';
import { emptyToNull } from '#components/empty-to-null.ts';
import { setServerErrors } from '#components/set-server-errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { Input } from '#components/ui/input.tsx';
import { MutationForm } from '#components/ui/mutation-form.tsx';
import { Select } from '#components/ui/select.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import { createAttribute } from '#lib/queries/attributes.ts';
import { tableKeys } from '#lib/queries/tables.ts';
import { attributeForm, toRequest, type AttributeForm } from './attribute-form.ts';
import { DatatypeRule } from './datatype-rule.tsx';
import { PiiWarning } from './pii-warning.tsx';
import { PublicCheckbox } from './public-checkbox.tsx';
import { valueTypeOptions } from './value-type.ts';

type CreateAttributeDialogProps = {
  tableId: number;
  /** What the form starts with; null while the dialog is closed. */
  initial: AttributeForm | null;
  onClose: () => void;
};

export function CreateAttributeDialog({ tableId, initial, onClose }: CreateAttributeDialogProps) {
  return (
    <Dialog
      open={initial !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Create attribute"
      description="One typed column of the table. Its name becomes the column header of your CSV files."
    >
      {initial && <CreateAttributeForm tableId={tableId} initial={initial} onClose={onClose} />}
    </Dialog>
  );
}

type CreateAttributeFormProps = { tableId: number; initial: AttributeForm; onClose: () => void };

function CreateAttributeForm({ tableId, initial, onClose }: CreateAttributeFormProps) {
  const queryClient = useQueryClient();
  const [hasFieldErrors, setFieldErrors] = useState(false);
  const form = useForm({
    resolver: zodResolver(attributeForm),
    mode: 'onChange',
    defaultValues: initial,
  });
  const { errors } = form.formState;
  const name = useWatch({ control: form.control, name: 'name' });
  const type = useWatch({ control: form.control, name: 'type' });
  const create = useMutation({
    mutationFn: (values: Parameters<typeof toRequest>[0]) =>
      createAttribute(tableId, toRequest(values)),
    onSuccess: async (attribute) => {
      await queryClient.invalidateQueries({ queryKey: tableKeys.all });
      toast.success(`${attribute.name} is created`);
      onClose();
    },
    onError: (error) => {
      const fields = ['name', 'description', 'isValuePublic'] as const;
      setFieldErrors(setServerErrors({ error, setError: form.setError, fields }));
    },
  });
  return (
    <MutationForm form={form} mutation={create}>
      <DialogBody>
        <FormError error={create.error} hidden={hasFieldErrors} />
        <Field
          label="Name"
          error={errors.name?.message}
          description="Upper and lower case differ. The name cannot be changed later."
          notice={<PiiWarning name={name} />}
        >
          <Input
            {...form.register('name')}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="Life-time value"
          />
        </Field>
        <div className="flex flex-col gap-2">
          <Field
            label="Datatype"
            error={errors.type?.message}
            description="The datatype cannot be changed later either."
          >
            <Controller
              control={form.control}
              name="type"
              render={({ field }) => (
                <Select
                  ref={field.ref}
                  options={valueTypeOptions}
                  value={field.value}
                  onValueChange={field.onChange}
                  onBlur={field.onBlur}
                />
              )}
            />
          </Field>
          <DatatypeRule type={type} />
        </div>
        <Field label="Description" optional error={errors.description?.message}>
          <Textarea {...form.register('description', { setValueAs: emptyToNull })} rows={2} />
        </Field>
        <Controller
          control={form.control}
          name="isValuePublic"
          render={({ field }) => (
            <PublicCheckbox checked={field.value ?? false} onCheckedChange={field.onChange} />
          )}
        />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" pending={create.isPending || create.isSuccess}>
          Create attribute
        </Button>
      </DialogFooter>
    </MutationForm>
  );
}
