'use client';

import { ArchiveRestore } from 'lucide-react';
import { useMissingRole } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import type { TableResponse } from '#lib/contracts/tables.ts';
import { useArchiveTable } from './use-archive-table.ts';

/** Why nothing of the table can be changed, and the way back. */
export function ArchivedNotice({ table }: { table: TableResponse }) {
  const missingRole = useMissingRole('editor');
  const archive = useArchiveTable(table);
  return (
    <Callout
      tone="neutral"
      title="This table is archived"
      actions={
        <Button
          size="sm"
          onClick={archive.toggle}
          pending={archive.isPending}
          disabledReason={missingRole}
        >
          <ArchiveRestore aria-hidden />
          Restore table
        </Button>
      }
    >
      Everything it holds stays stored and can be looked up. Files sent to it are kept, but not
      imported.
    </Callout>
  );
}
