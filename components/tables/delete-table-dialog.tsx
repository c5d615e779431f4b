'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { formatBytes, formatCount } from '#components/format.ts';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Field } from '#components/ui/field.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { Input } from '#components/ui/input.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import type { TableDeletionResponse, TableResponse } from '#lib/contracts/tables.ts';
import { deleteTable, tableDeletionQuery, tableKeys } from '#lib/queries/tables.ts';

type DeleteTableDialogProps = {
  table: TableResponse;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

export function DeleteTableDialog({ table, open, onOpenChange }: DeleteTableDialogProps) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const [typedName, setTypedName] = useState('');
  const inventory = useQuery({ ...tableDeletionQuery(table.id), enabled: open });
  const remove = useMutation({
    mutationFn: () => deleteTable(table.id, { confirmName: typedName }),
    onSuccess: async () => {
      toast.success(`${table.name} is deleted`);
      router.push('/attributes');
      await queryClient.invalidateQueries({ queryKey: tableKeys.lists });
    },
  });
  const isNameRight = typedName === table.name;
  return (
    <AlertDialog
      open={open}
      onOpenChange={(next) => {
        setTypedName('');
        remove.reset();
        onOpenChange(next);
      }}
      title={`Delete table ${table.name}`}
      actionLabel={`Delete table ${table.name}`}
      onAction={() => {
        remove.mutate();
      }}
      pending={remove.isPending || remove.isSuccess}
      blockedReason={isNameRight ? null : 'Type the name of the table first.'}
    >
      <p>This cannot be undone. Deleted for good:</p>
      {inventory.isPending && (
        <div role="status" aria-label="Counting" className="flex flex-col gap-2 py-1">
          <Skeleton className="w-48" />
          <Skeleton className="w-40" />
          <Skeleton className="w-56" />
        </div>
      )}
      {inventory.isError && (
        <ErrorState
          className="py-4"
          title="What would be lost could not be counted"
          error={inventory.error}
          onRetry={() => void inventory.refetch()}
          isRetrying={inventory.isFetching}
        />
      )}
      {inventory.data && <Inventory inventory={inventory.data} />}
      <FormError error={remove.error} />
      <Field
        label={
          <>
            Type <span className="font-semibold wrap-break-word">{table.name}</span> to confirm
          </>
        }
        className="text-foreground"
      >
        <Input
          value={typedName}
          onValueChange={setTypedName}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
    </AlertDialog>
  );
}

function Inventory({ inventory }: { inventory: TableDeletionResponse }) {
  const { rowCount, attributeCount, uploadCount, storedBytes, credentialCount } = inventory;
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5 text-foreground tabular-nums">
      <li>{formatCount(rowCount, 'customer row')} with all values</li>
      <li>{formatCount(attributeCount, 'attribute')}</li>
      <li>
        {formatCount(uploadCount, 'upload')} with {formatBytes(storedBytes)} of files and their
        history
      </li>
      <li>
        {formatCount(credentialCount, 'access key')}; clients that use{' '}
        {credentialCount === 1 ? 'it' : 'them'} are refused from then on
      </li>
    </ul>
  );
}
