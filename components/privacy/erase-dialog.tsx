'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formatCount } from '#components/format.ts';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { Input } from '#components/ui/input.tsx';
import type { PrivacyFindings, PrivacyRequestResponse } from '#lib/contracts/privacy-requests.ts';
import { confirmErasure, privacyKeys } from '#lib/queries/privacy-requests.ts';
import { IdentifierText } from './identifier-text.tsx';

type EraseDialogProps = {
  request: PrivacyRequestResponse;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

export function EraseDialog({ request, open, onOpenChange }: EraseDialogProps) {
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState('');
  const erase = useMutation({
    mutationFn: () => confirmErasure(request.id, { confirmIdentifier: typed }),
    onSuccess: async (changed) => {
      onOpenChange(false);
      queryClient.setQueryData(privacyKeys.detail(request.id), changed);
      await queryClient.invalidateQueries({ queryKey: privacyKeys.all });
    },
  });
  return (
    <AlertDialog
      open={open}
      onOpenChange={(next) => {
        setTyped('');
        erase.reset();
        onOpenChange(next);
      }}
      title="Erase this customer"
      actionLabel="Erase this customer"
      onAction={() => {
        erase.mutate();
      }}
      pending={erase.isPending}
      blockedReason={typed === request.identifier ? null : 'Type the ID first.'}
    >
      <p>This cannot be undone. Erased for good:</p>
      {request.findings && <Inventory findings={request.findings} />}
      <p>A later upload or write that names the customer brings them back.</p>
      <FormError error={erase.error} />
      <Field
        label={
          <>
            Type <IdentifierText request={request} /> to confirm
          </>
        }
        className="text-foreground"
      >
        <Input
          value={typed}
          onValueChange={setTyped}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="font-mono"
        />
      </Field>
    </AlertDialog>
  );
}

function Inventory({ findings }: { findings: PrivacyFindings }) {
  const { tables, aliases, fileCount, rejectedRows, messages } = findings;
  const rows = tables.reduce((total, table) => total + table.rows, 0);
  const items = [
    rows > 0 && `${formatCount(rows, 'row')} of ${formatCount(tables.length, 'table')}`,
    aliases > 0 && formatCount(aliases, 'alias', 'aliases'),
    fileCount > 0 && `${formatCount(fileCount, 'kept file')}, whole, once loaded`,
    rejectedRows > 0 && `the contents of ${formatCount(rejectedRows, 'rejected row')}`,
    messages > 0 && `what ${formatCount(messages, 'message')} of failed uploads quoted`,
    'whatever arrives until then that names the customer',
  ].filter((item) => item !== false);
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5 text-foreground tabular-nums">
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}
