'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { setServerErrors } from '#components/set-server-errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { MutationForm } from '#components/ui/mutation-form.tsx';
import { createTableRequest } from '#lib/contracts/tables.ts';
import { createTable, tableKeys } from '#lib/queries/tables.ts';
import { PiiNotice } from './pii-notice.tsx';
import { TableFields, tableFormFields } from './table-fields.tsx';

type CreateTableDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

export function CreateTableDialog({ open, onOpenChange }: CreateTableDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Create table"
      description="One table for each source of customer data."
    >
      <CreateTableForm
        onCancel={() => {
          onOpenChange(false);
        }}
      />
    </Dialog>
  );
}

function CreateTableForm({ onCancel }: { onCancel: () => void }) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const [hasFieldErrors, setFieldErrors] = useState(false);
  const form = useForm({
    resolver: zodResolver(createTableRequest),
    mode: 'onChange',
    defaultValues: {
      name: '',
      description: null,
      keyKind: 'cookie' as const,
      keyName: null,
      emptyCells: 'keep' as const,
      keepFilesDays: null,
    },
  });
  const create = useMutation({
    mutationFn: createTable,
    onSuccess: (table) => {
      void queryClient.invalidateQueries({ queryKey: tableKeys.lists });
      router.push(`/attributes/${table.id}`);
    },
    onError: (error) => {
      setFieldErrors(setServerErrors({ error, setError: form.setError, fields: tableFormFields }));
    },
  });
  return (
    <FormProvider {...form}>
      <MutationForm form={form} mutation={create}>
        <DialogBody>
          <FormError error={create.error} hidden={hasFieldErrors} />
          <TableFields />
          <PiiNotice />
        </DialogBody>
        <DialogFooter>
          <Button onClick={onCancel}>Cancel</Button>
          <Button type="submit" variant="primary" pending={create.isPending || create.isSuccess}>
            Create table
          </Button>
        </DialogFooter>
      </MutationForm>
    </FormProvider>
  );
}
