'use client';

import { useQuery } from '@tanstack/react-query';
import { useMissingRole } from '#components/shell/session.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { SortableHead, Table, TableBody, TableHead, TableHeader } from '#components/ui/table.tsx';
import type { AttributeResponse } from '#lib/contracts/attributes.ts';
import { tableInsightsQuery } from '#lib/queries/attributes.ts';
import { AttributeRow } from './attribute-row.tsx';
import { attributesPerPage, useAttributeListView, type AttributeSort } from './list-view.ts';

type AttributeTableProps = {
  tableId: number;
  attributes: readonly AttributeResponse[];
  onEdit: (attribute: AttributeResponse) => void;
  onLook: (attribute: AttributeResponse) => void;
  selected: ReadonlySet<number>;
  onSelect: (selected: ReadonlySet<number>) => void;
};

export function AttributeTable({
  tableId,
  attributes,
  onEdit,
  onLook,
  selected,
  onSelect,
}: AttributeTableProps) {
  const [view, setView] = useAttributeListView();
  const pages = Math.max(1, Math.ceil(attributes.length / attributesPerPage));
  const page = Math.min(Math.max(1, view.page), pages);
  const start = (page - 1) * attributesPerPage;
  const shown = attributes.slice(start, start + attributesPerPage);
  const insights = useQuery(tableInsightsQuery(tableId));
  const fillRates = new Map(
    insights.data?.attributes.map(({ attributeId, fillRate }) => [attributeId, fillRate]),
  );
  const canSelect = useMissingRole('editor') === null;

  function select(changed: readonly AttributeResponse[], isSelected: boolean): void {
    const next = new Set(selected);
    for (const { id } of changed) {
      if (isSelected) next.add(id);
      else next.delete(id);
    }
    onSelect(next);
  }

  function head(sort: AttributeSort, label: string, className?: string) {
    const isSorted = view.sort === sort;
    const direction = isSorted && view.direction === 'asc' ? 'desc' : 'asc';
    return (
      <SortableHead
        direction={isSorted ? view.direction : null}
        onSort={() => void setView({ sort, direction, page: null })}
        {...(className ? { className } : {})}
      >
        {label}
      </SortableHead>
    );
  }
  return (
    <>
      <Table label="Attributes">
        <TableHeader>
          {canSelect && (
            <TableHead className="w-8 pr-0">
              <Checkbox
                aria-label="Select all attributes on this page"
                checked={shown.every(({ id }) => selected.has(id))}
                indeterminate={
                  shown.some(({ id }) => selected.has(id)) &&
                  !shown.every(({ id }) => selected.has(id))
                }
                onCheckedChange={(isSelected) => {
                  select(shown, isSelected);
                }}
              />
            </TableHead>
          )}
          {head('name', 'Name')}
          {head('datatype', 'Datatype')}
          <TableHead>Filled</TableHead>
          <TableHead className="as-narrow-rows:hidden">API ID</TableHead>
          <TableHead>Description</TableHead>
          <TableHead>Readable by</TableHead>
          {head('modified', 'Modified', 'as-narrow-rows:hidden')}
          <TableHead className="w-10">
            <span className="sr-only">Actions</span>
          </TableHead>
        </TableHeader>
        <TableBody>
          {shown.map((attribute) => (
            <AttributeRow
              key={attribute.id}
              tableId={tableId}
              attribute={attribute}
              fillRate={fillRates.get(attribute.id) ?? null}
              onEdit={onEdit}
              onLook={onLook}
              selection={
                canSelect
                  ? {
                      isSelected: selected.has(attribute.id),
                      onChange: (isSelected) => {
                        select([attribute], isSelected);
                      },
                    }
                  : null
              }
            />
          ))}
        </TableBody>
      </Table>
      <Pagination
        noun="attribute"
        page={page}
        perPage={attributesPerPage}
        total={attributes.length}
        onPageChange={(next) => void setView({ page: next })}
      />
    </>
  );
}
