'use client';

import { ClipboardPaste, Plus } from 'lucide-react';
import { useMissingRole } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import type { TableResponse } from '#lib/contracts/tables.ts';
import { useAttributeDialog } from './dialog-state.ts';

type AttributeActionsProps = { table: TableResponse };

/** The two ways to new attributes. Their dialogs belong to AttributesPanel. */
export function AttributeActions({ table }: AttributeActionsProps) {
  const [, setDialog] = useAttributeDialog();
  const missingRole = useMissingRole('editor');
  const reason = missingRole ?? (table.archived ? 'Restore the table first.' : null);
  return (
    <>
      <Button onClick={() => void setDialog('attributes')} disabledReason={reason}>
        <ClipboardPaste aria-hidden />
        Paste CSV header
      </Button>
      <Button variant="primary" onClick={() => void setDialog('attribute')} disabledReason={reason}>
        <Plus aria-hidden />
        Create attribute
      </Button>
    </>
  );
}
