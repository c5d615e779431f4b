'use client';

import Link from 'next/link';
import { formatNumber } from '#components/format.ts';
import { Badge } from '#components/ui/badge.tsx';
import { CopyableId } from '#components/ui/copyable-id.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowMenu } from '#components/ui/row-menu.tsx';
import { TableActionsCell, TableCell, TableRow } from '#components/ui/table.tsx';
import { UploadStateBadge } from '#components/ui/upload-state-badge.tsx';
import type { TableSummary } from '#lib/contracts/tables.ts';
import { StackedKeyField } from './key-field.tsx';
import { TableMenuLinks } from './table-menu-links.tsx';

export function TableListRow({ table }: { table: TableSummary }) {
  const href = `/attributes/${table.id}`;
  return (
    <TableRow>
      <TableCell isTitle className="as-cards:pr-10 as-rows:max-w-72 as-rows:min-w-44">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <Link
            href={href}
            className="rounded-sm font-medium wrap-break-word underline-offset-4 hover:underline"
          >
            {table.name}
          </Link>
          {table.isOptimizely && <Badge tone="outline">Built-in</Badge>}
          {table.archived && <Badge>Archived</Badge>}
        </span>
        {table.description !== null && table.description !== '' && (
          <span className="line-clamp-1 text-xs text-muted-foreground">{table.description}</span>
        )}
      </TableCell>
      <TableCell label="API ID" className="as-narrow-rows:hidden">
        <CopyableId id={table.id} label={`Copy API ID of ${table.name}`} />
      </TableCell>
      <TableCell label="Customer ID field" className="as-rows:max-w-48">
        <StackedKeyField table={table} />
      </TableCell>
      <TableCell label="Attributes" align="end">
        {formatNumber(table.attributeCount)}
      </TableCell>
      <TableCell label="Rows" align="end">
        {formatNumber(table.rowCount)}
      </TableCell>
      <TableCell label="Last upload">
        <LastUpload upload={table.lastUpload} />
      </TableCell>
      <TableCell label="Modified" className="text-muted-foreground as-narrow-rows:hidden">
        <RelativeTime date={table.updatedAt} />
      </TableCell>
      <TableActionsCell>
        <RowMenu name={table.name}>
          <TableMenuLinks tableId={table.id} />
        </RowMenu>
      </TableActionsCell>
    </TableRow>
  );
}

function LastUpload({ upload }: { upload: TableSummary['lastUpload'] }) {
  if (upload === null) return <span className="text-muted-foreground">None yet</span>;
  return (
    <span className="flex flex-col items-start gap-0.5 as-cards:items-end">
      <Link
        href={`/uploads/${upload.id}`}
        aria-label={`Last upload: ${upload.fileName}`}
        className="rounded-sm"
      >
        <UploadStateBadge state={upload.state} />
      </Link>
      <RelativeTime date={upload.createdAt} className="text-xs text-muted-foreground" />
    </span>
  );
}
