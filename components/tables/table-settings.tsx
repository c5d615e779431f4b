'use client';

import { useState, type ReactNode } from 'react';
import { useMissingRole } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import type { TableResponse } from '#lib/contracts/tables.ts';
import { DeleteTableDialog } from './delete-table-dialog.tsx';
import { EditTableForm } from './edit-table-form.tsx';
import { useArchiveTable } from './use-archive-table.ts';
import { useTable } from './use-table.ts';

export function TableSettings({ tableId }: { tableId: number }) {
  const table = useTable(tableId);
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <EditTableForm table={table} />
      {table.isOptimizely ? (
        <p className="text-sm text-muted-foreground">
          This is the built-in table of Optimizely users. It can be neither archived nor deleted,
          because the IDs of all other tables are linked through it.
        </p>
      ) : (
        <Ending table={table} />
      )}
    </div>
  );
}

function Ending({ table }: { table: TableResponse }) {
  const missingRole = useMissingRole('editor');
  const archive = useArchiveTable(table);
  const [isDeleting, setDeleting] = useState(false);
  return (
    <Card aria-labelledby="ending">
      <CardHeader titleId="ending" title="Archive or delete" />
      <div className="divide-y">
        <Choice
          title={table.archived ? 'Restore this table' : 'Archive this table'}
          description={
            table.archived
              ? 'It is archived now. Restoring puts it back on the dashboard with everything it holds.'
              : 'Takes it off the dashboard. Everything stays stored, and you can restore it at any time.'
          }
          action={
            <Button
              onClick={archive.toggle}
              pending={archive.isPending}
              disabledReason={missingRole}
            >
              {table.archived ? 'Restore table' : 'Archive table'}
            </Button>
          }
        />
        <Choice
          title="Delete this table"
          description="Removes it with all rows, attributes, uploads and access keys, for good."
          action={
            <Button
              variant="danger"
              onClick={() => {
                setDeleting(true);
              }}
              disabledReason={missingRole}
            >
              Delete table
            </Button>
          }
        />
      </div>
      <DeleteTableDialog table={table} open={isDeleting} onOpenChange={setDeleting} />
    </Card>
  );
}

type ChoiceProps = { title: string; description: string; action: ReactNode };

function Choice({ title, description, action }: ChoiceProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
      <div className="flex min-w-0 flex-1 basis-64 flex-col">
        <h3 className="text-sm">{title}</h3>
        <p className="text-sm text-pretty text-muted-foreground">{description}</p>
      </div>
      {action}
    </div>
  );
}
