'use client';

import { Archive, ArchiveRestore, ChartColumn, Globe, Pencil } from 'lucide-react';
import { cn } from '#components/cn.ts';
import { useMissingRole } from '#components/shell/session.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { CopyableId } from '#components/ui/copyable-id.tsx';
import { MenuItem } from '#components/ui/dropdown-menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowMenu } from '#components/ui/row-menu.tsx';
import { TableActionsCell, TableCell, TableRow } from '#components/ui/table.tsx';
import type { AttributeResponse } from '#lib/contracts/attributes.ts';
import { DatatypeBadge } from './datatype-badge.tsx';
import { FillButton } from './insight/fill-button.tsx';
import { useArchiveAttributes } from './use-archive-attributes.ts';

type AttributeRowProps = {
  tableId: number;
  attribute: AttributeResponse;
  /** `null` while it is not known. */
  fillRate: number | null;
  onEdit: (attribute: AttributeResponse) => void;
  onLook: (attribute: AttributeResponse) => void;
  /** null when the person may not change anything. */
  selection: {
    readonly isSelected: boolean;
    readonly onChange: (isSelected: boolean) => void;
  } | null;
};

export function AttributeRow({
  tableId,
  attribute,
  fillRate,
  onEdit,
  onLook,
  selection,
}: AttributeRowProps) {
  const archive = useArchiveAttributes(tableId);
  const missingRole = useMissingRole('editor');
  const { archivedAt } = attribute;
  return (
    <TableRow className={cn(archivedAt !== null && 'bg-canvas text-muted-foreground')}>
      {selection && (
        <TableCell className="as-cards:absolute as-cards:top-4 as-cards:right-12 as-rows:pr-0">
          <Checkbox
            aria-label={`Select ${attribute.name}`}
            checked={selection.isSelected}
            onCheckedChange={selection.onChange}
          />
        </TableCell>
      )}
      <TableCell isTitle className="as-cards:pr-16 as-rows:max-w-64 as-rows:min-w-36">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span className="font-medium wrap-break-word">{attribute.name}</span>
          {archivedAt !== null && (
            <Badge tone="outline">
              Archived <RelativeTime date={archivedAt} />
            </Badge>
          )}
        </span>
      </TableCell>
      <TableCell label="Datatype">
        <DatatypeBadge datatype={attribute.datatype} format={attribute.format} isBrief />
      </TableCell>
      <TableCell label="Filled">
        <FillButton
          name={attribute.name}
          fillRate={fillRate}
          onPress={() => {
            onLook(attribute);
          }}
        />
      </TableCell>
      <TableCell label="API ID" className="as-narrow-rows:hidden">
        <CopyableId id={attribute.id} label={`Copy API ID of ${attribute.name}`} />
      </TableCell>
      <TableCell label="Description" className="text-muted-foreground as-rows:max-w-80">
        <span className="line-clamp-2 wrap-anywhere">
          {attribute.description === null || attribute.description === '' ? (
            <span aria-label="None">–</span>
          ) : (
            attribute.description
          )}
        </span>
      </TableCell>
      <TableCell label="Readable by" className="whitespace-nowrap">
        {attribute.isValuePublic ? (
          <Badge tone="info">
            <Globe aria-hidden />
            Web pages
          </Badge>
        ) : (
          <span className="text-muted-foreground">Server only</span>
        )}
      </TableCell>
      <TableCell label="Modified" className="text-muted-foreground as-narrow-rows:hidden">
        <RelativeTime date={attribute.updatedAt} />
      </TableCell>
      <TableActionsCell>
        <RowMenu name={attribute.name}>
          <MenuItem
            icon={<ChartColumn aria-hidden />}
            onClick={() => {
              onLook(attribute);
            }}
          >
            Look at values
          </MenuItem>
          <MenuItem
            icon={<Pencil aria-hidden />}
            onClick={() => {
              onEdit(attribute);
            }}
            disabledReason={missingRole}
          >
            Edit
          </MenuItem>
          <MenuItem
            icon={archivedAt === null ? <Archive aria-hidden /> : <ArchiveRestore aria-hidden />}
            onClick={() => {
              archive({ attributes: [attribute], archived: archivedAt === null });
            }}
            disabledReason={missingRole}
          >
            {archivedAt === null ? 'Archive' : 'Restore'}
          </MenuItem>
        </RowMenu>
      </TableActionsCell>
    </TableRow>
  );
}
