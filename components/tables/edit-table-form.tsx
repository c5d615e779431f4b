'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { setServerErrors } from '#components/set-server-errors.ts';
import { useMissingRole } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card, CardBody, CardFooter, CardHeader } from '#components/ui/card.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { MutationForm } from '#components/ui/mutation-form.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import { createTableRequest, type TableResponse } from '#lib/contracts/tables.ts';
import { tableKeys, updateTable } from '#lib/queries/tables.ts';
import { KeepFilesField } from './keep-files-field.tsx';
import { TableFields, tableFormFields } from './table-fields.tsx';

export function EditTableForm({ table }: { table: TableResponse }) {
  const queryClient = useQueryClient();
  const missingRole = useMissingRole('editor');
  const [hasFieldErrors, setFieldErrors] = useState(false);
  const form = useForm({
    // All of a table's own fields are in the form, so what creates a table also describes a changed one.
    resolver: zodResolver(createTableRequest),
    mode: 'onChange',
    disabled: missingRole !== null,
    defaultValues: toFormValues(table),
  });
  const save = useMutation({
    mutationFn: (values: Parameters<typeof updateTable>[1]) => updateTable(table.id, values),
    onSuccess: async (saved) => {
      form.reset(toFormValues(saved));
      setFieldErrors(false);
      toast.success('The table is saved');
      await queryClient.invalidateQueries({ queryKey: tableKeys.all });
    },
    onError: (error) => {
      setFieldErrors(setServerErrors({ error, setError: form.setError, fields: tableFormFields }));
    },
  });
  const { isDirty } = form.formState;
  return (
    <FormProvider {...form}>
      <Card aria-labelledby="edit-table">
        <CardHeader
          titleId="edit-table"
          title="Edit table"
          description="The API ID and the S3 import path stay the same whatever the name is."
        />
        <MutationForm form={form} mutation={save} className="block">
          <CardBody className="gap-5">
            <FormError error={save.error} hidden={hasFieldErrors} />
            <TableFields isKeyFixed={table.isOptimizely} />
            <KeepFilesField />
          </CardBody>
          <CardFooter>
            {isDirty && (
              <Button
                variant="ghost"
                onClick={() => {
                  form.reset();
                  save.reset();
                }}
              >
                Discard changes
              </Button>
            )}
            <Button
              type="submit"
              variant="primary"
              pending={save.isPending}
              disabledReason={missingRole ?? (isDirty ? null : 'Nothing has changed yet.')}
            >
              Save changes
            </Button>
          </CardFooter>
        </MutationForm>
      </Card>
    </FormProvider>
  );
}

function toFormValues(table: TableResponse) {
  const { name, description, keyKind, keyName, emptyCells, keepFilesDays } = table;
  return { name, description, keyKind, keyName, emptyCells, keepFilesDays };
}
