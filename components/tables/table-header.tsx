'use client';

import { Archive, ArchiveRestore, Download, FileDown, Trash2 } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { AttributeActions } from '#components/attributes/attribute-actions.tsx';
import { exportAttributes } from '#components/attributes/export-attributes.ts';
import { formatCount } from '#components/format.ts';
import { useMissingRole } from '#components/shell/session.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { CopyableId } from '#components/ui/copyable-id.tsx';
import { MenuDownloadItem, MenuItem, MenuSeparator } from '#components/ui/dropdown-menu.tsx';
import { LinkTabs } from '#components/ui/link-tabs.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import type { TableResponse } from '#lib/contracts/tables.ts';
import { ArchivedNotice } from './archived-notice.tsx';
import { DeleteTableDialog } from './delete-table-dialog.tsx';
import { KeyField } from './key-field.tsx';
import { TableMenuLinks } from './table-menu-links.tsx';
import { useArchiveTable } from './use-archive-table.ts';
import { useTable } from './use-table.ts';

/** Of all pages of one table. */
export function TableHeader({ tableId }: { tableId: number }) {
  const table = useTable(tableId);
  const href = `/attributes/${table.id}`;
  const isAttributesTab = usePathname() === href;
  const [isDeleting, setDeleting] = useState(false);
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        crumbs={[{ label: 'Audiences' }, { label: 'Attributes', href: '/attributes' }]}
        title={table.name}
        badge={<StatusBadge table={table} />}
        description={table.description ?? undefined}
        meta={<Facts table={table} />}
        primaryAction={
          // A table without attributes offers the same two in the middle of the page.
          isAttributesTab && table.attributes.length > 0 && <AttributeActions table={table} />
        }
        moreActions={
          <MoreActions
            table={table}
            onDelete={() => {
              setDeleting(true);
            }}
          />
        }
      />
      {table.archived && <ArchivedNotice table={table} />}
      <LinkTabs
        label={`Pages of ${table.name}`}
        tabs={[
          { href, label: 'Attributes', count: table.attributeCount },
          { href: `${href}/upload`, label: 'Data Upload' },
          { href: `${href}/history`, label: 'Upload History' },
          { href: `${href}/settings`, label: 'Settings' },
        ]}
      />
      <DeleteTableDialog table={table} open={isDeleting} onOpenChange={setDeleting} />
    </div>
  );
}

function StatusBadge({ table }: { table: TableResponse }) {
  if (table.archived) return <Badge>Archived</Badge>;
  return table.isOptimizely ? <Badge tone="outline">Built-in</Badge> : null;
}

function Facts({ table }: { table: TableResponse }) {
  return (
    <dl className="flex flex-wrap items-center gap-x-5 gap-y-0.5 text-sm text-muted-foreground">
      <div className="flex items-center gap-1.5">
        <dt>API ID</dt>
        <dd>
          <CopyableId id={table.id} label={`Copy API ID of ${table.name}`} />
        </dd>
      </div>
      <div className="flex min-w-0 items-baseline gap-1.5">
        <dt className="shrink-0">Customer ID field</dt>
        <dd className="min-w-0 text-foreground">
          <KeyField table={table} />
        </dd>
      </div>
      <div className="tabular-nums">
        <dt className="sr-only">Rows</dt>
        <dd>{formatCount(table.rowCount, 'row')}</dd>
      </div>
    </dl>
  );
}

const exportFormats = [
  { format: 'csv', label: 'Export rows as CSV' },
  { format: 'ndjson', label: 'Export rows as NDJSON' },
] as const;

type MoreActionsProps = { table: TableResponse; onDelete: () => void };

function MoreActions({ table, onDelete }: MoreActionsProps) {
  const missingRole = useMissingRole('editor');
  const archive = useArchiveTable(table);
  return (
    <>
      <TableMenuLinks tableId={table.id} />
      {exportFormats.map(({ format, label }) => (
        <MenuDownloadItem
          key={format}
          href={`/api/tables/${table.id}/export?format=${format}`}
          icon={<Download aria-hidden />}
        >
          {label}
        </MenuDownloadItem>
      ))}
      <MenuItem
        icon={<FileDown aria-hidden />}
        onClick={() => {
          exportAttributes(table);
        }}
      >
        Export attributes as CSV
      </MenuItem>
      {!table.isOptimizely && (
        <>
          <MenuSeparator />
          <MenuItem
            icon={table.archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
            onClick={archive.toggle}
            disabledReason={missingRole}
          >
            {table.archived ? 'Restore' : 'Archive'}
          </MenuItem>
          <MenuItem
            icon={<Trash2 aria-hidden />}
            tone="danger"
            onClick={onDelete}
            disabledReason={missingRole}
          >
            Delete
          </MenuItem>
        </>
      )}
    </>
  );
}
