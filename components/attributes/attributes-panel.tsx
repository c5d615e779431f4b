'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { Columns3, FilterX } from 'lucide-react';
import { useState } from 'react';
import { useMissingRole } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { RefreshError } from '#components/ui/refresh-error.tsx';
import { SearchInput } from '#components/ui/search-input.tsx';
import { StatusFilter } from '#components/ui/status-filter.tsx';
import type { AttributeResponse } from '#lib/contracts/attributes.ts';
import { tableQuery } from '#lib/queries/tables.ts';
import { AttributeActions } from './attribute-actions.tsx';
import { emptyAttributeForm, toCopy, type AttributeForm } from './attribute-form.ts';
import { AttributeTable } from './attribute-table.tsx';
import { BulkAddDialog } from './bulk-add-dialog.tsx';
import { CreateAttributeDialog } from './create-attribute-dialog.tsx';
import { useAttributeDialog } from './dialog-state.ts';
import { EditAttributeDialog } from './edit-attribute-dialog.tsx';
import { InsightDialog } from './insight/insight-dialog.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { selectAttributes, useAttributeListView } from './list-view.ts';

const statusOptions = [
  { value: 'all', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'archived', label: 'Archived' },
] as const;

export function AttributesPanel({ tableId }: { tableId: number }) {
  const { data: table, error, refetch, isFetching } = useSuspenseQuery(tableQuery(tableId));
  const [view, setView] = useAttributeListView();
  const [dialog, setDialog] = useAttributeDialog();
  const [copied, setCopied] = useState<AttributeForm | null>(null);
  const [edited, setEdited] = useState<AttributeResponse | null>(null);
  const [lookedAt, setLookedAt] = useState<AttributeResponse | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const canWrite = useMissingRole('editor') === null && !table.archived;

  const attributes = selectAttributes(table.attributes, view);
  const isFiltered = view.search !== '' || view.status !== 'all';
  const clearFilters = () => void setView({ search: null, status: null, page: null });
  // What the filters hide is not acted on.
  const marked = attributes.filter(({ id }) => selected.has(id));
  const initial = copied ?? (dialog === 'attribute' ? emptyAttributeForm : null);

  return (
    <section aria-label="Attributes" className="flex flex-col gap-3">
      {error && (
        <RefreshError error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
      )}
      {table.attributes.length > 0 && (
        <div className="flex flex-wrap items-center gap-2">
          <SearchInput
            label="Search attributes"
            value={view.search}
            onValueChange={(search) => void setView({ search, page: null })}
          />
          <StatusFilter
            options={statusOptions}
            value={view.status}
            onValueChange={(status) => void setView({ status, page: null })}
          />
          {isFiltered && (
            <Button variant="ghost" onClick={clearFilters}>
              <FilterX aria-hidden />
              Clear filters
            </Button>
          )}
        </div>
      )}
      <Card>
        {attributes.length > 0 && (
          <AttributeTable
            tableId={tableId}
            attributes={attributes}
            onEdit={setEdited}
            onLook={setLookedAt}
            selected={selected}
            onSelect={setSelected}
          />
        )}
        {attributes.length === 0 && table.attributes.length > 0 && (
          <EmptyState
            title="No attribute matches"
            actions={<Button onClick={clearFilters}>Clear filters</Button>}
          >
            Look for another name or status.
          </EmptyState>
        )}
        {table.attributes.length === 0 && (
          <EmptyState
            icon={<Columns3 />}
            title={table.archived ? 'No attributes' : 'No attributes yet'}
            actions={!table.archived && <AttributeActions table={table} />}
          >
            An attribute is one fact about a customer, such as a favourite category or a life-time
            value. Register each before you upload files: columns that are not registered are
            refused.
          </EmptyState>
        )}
      </Card>
      {marked.length > 0 && (
        <SelectionBar
          tableId={tableId}
          selected={marked}
          onClear={() => {
            setSelected(new Set());
          }}
        />
      )}
      <CreateAttributeDialog
        tableId={tableId}
        initial={canWrite ? initial : null}
        onClose={() => {
          setCopied(null);
          void setDialog(null);
        }}
      />
      <BulkAddDialog
        table={table}
        open={canWrite && dialog === 'attributes'}
        onClose={() => void setDialog(null)}
      />
      <InsightDialog
        attribute={lookedAt}
        onClose={() => {
          setLookedAt(null);
        }}
      />
      <EditAttributeDialog
        attribute={edited}
        onClose={() => {
          setEdited(null);
        }}
        onCopy={(attribute) => {
          setEdited(null);
          setCopied(toCopy(attribute));
        }}
      />
    </section>
  );
}
