'use client';

import { useQuery } from '@tanstack/react-query';
import { Download, Plus } from 'lucide-react';
import { parseAsStringLiteral, useQueryState, useQueryStates } from 'nuqs';
import { useMissingRole } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { MenuItem } from '#components/ui/dropdown-menu.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { tablesQuery } from '#lib/queries/tables.ts';
import { CreateTableDialog } from './create-table-dialog.tsx';
import { FirstSteps } from './first-steps.tsx';
import { overviewParameters, tableListParsers, withinLimits } from './list-parameters.ts';
import { TableList } from './table-list.tsx';
import { useExportTables } from './use-export-tables.ts';

export function TablesPage() {
  const overview = useQuery(tablesQuery(overviewParameters));
  const [dialog, setDialog] = useQueryState('create', parseAsStringLiteral(['table'] as const));
  const [view] = useQueryStates(tableListParsers);
  const exportTables = useExportTables();
  const missingRole = useMissingRole('editor');
  function openDialog(): void {
    void setDialog('table');
  }
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Audiences' }]}
        title="Attributes"
        description="What you know about your customers: a table for each source, a typed column for each attribute."
        moreActions={
          <MenuItem
            icon={<Download aria-hidden />}
            onClick={() => {
              exportTables.mutate(withinLimits(view));
            }}
          >
            Export list as CSV
          </MenuItem>
        }
        primaryAction={
          <Button variant="primary" onClick={openDialog} disabledReason={missingRole}>
            <Plus aria-hidden />
            Create table
          </Button>
        }
      />
      {overview.data && missingRole === null && (
        <FirstSteps tables={overview.data.items} onCreateTable={openDialog} />
      )}
      <TableList />
      <CreateTableDialog
        open={dialog === 'table' && missingRole === null}
        onOpenChange={(open) => void setDialog(open ? 'table' : null)}
      />
    </>
  );
}
