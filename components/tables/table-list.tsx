'use client';

import { useQuery } from '@tanstack/react-query';
import { FilterX } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import type { ComponentProps } from 'react';
import { useDebounced } from '#components/use-debounced.ts';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { RefreshError } from '#components/ui/refresh-error.tsx';
import { SearchInput } from '#components/ui/search-input.tsx';
import { StatusFilter } from '#components/ui/status-filter.tsx';
import { SortableHead, Table, TableBody, TableHead, TableHeader } from '#components/ui/table.tsx';
import type { TableSort } from '#lib/contracts/tables.ts';
import { tablesQuery } from '#lib/queries/tables.ts';
import { tableListParsers, withinLimits } from './list-parameters.ts';
import { TableListRow } from './table-list-row.tsx';
import { TableListSkeleton } from './table-list-skeleton.tsx';

const statusOptions = [
  { value: 'active', label: 'Active' },
  { value: 'archived', label: 'Archived' },
  { value: 'all', label: 'All' },
] as const;

export function TableList() {
  const [view, setView] = useQueryStates(tableListParsers);
  const search = useDebounced(view.search);
  const tables = useQuery(tablesQuery(withinLimits({ ...view, search })));
  const isFiltered = view.search !== '' || view.status !== 'active';

  function sortBy(sort: TableSort): void {
    const isSame = view.sort === sort;
    // Names read from A on; of everything else people want the most or the newest first.
    const first = sort === 'name' ? 'asc' : 'desc';
    const other = first === 'asc' ? 'desc' : 'asc';
    const direction = isSame && view.direction === first ? other : first;
    void setView({ sort, direction, page: null });
  }
  function head(
    sort: TableSort,
    label: string,
    look: Pick<ComponentProps<typeof SortableHead>, 'align' | 'className'> = {},
  ) {
    return (
      <SortableHead
        direction={view.sort === sort ? view.direction : null}
        onSort={() => {
          sortBy(sort);
        }}
        {...look}
      >
        {label}
      </SortableHead>
    );
  }
  function clearFilters(): void {
    void setView({ search: null, status: null, page: null });
  }

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput
          label="Search tables by name or ID"
          value={view.search}
          onValueChange={(value) => void setView({ search: value, page: null })}
          className="sm:w-72"
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
      {tables.isError && tables.data && (
        <RefreshError
          error={tables.error}
          onRetry={() => void tables.refetch()}
          isRetrying={tables.isFetching}
        />
      )}
      <Card aria-label="Tables">
        {tables.data && tables.data.total > 0 && (
          <>
            <Table label="Tables" isStale={tables.isPlaceholderData}>
              <TableHeader>
                {head('name', 'Name')}
                <TableHead className="as-narrow-rows:hidden">API ID</TableHead>
                <TableHead>Customer ID field</TableHead>
                {head('attributes', 'Attributes', { align: 'end' })}
                {head('rows', 'Rows', { align: 'end' })}
                <TableHead>Last upload</TableHead>
                {head('modified', 'Modified', { className: 'as-narrow-rows:hidden' })}
                <TableHead className="w-10">
                  <span className="sr-only">Actions</span>
                </TableHead>
              </TableHeader>
              <TableBody>
                {tables.data.items.map((table) => (
                  <TableListRow key={table.id} table={table} />
                ))}
              </TableBody>
            </Table>
            <Pagination
              noun="table"
              page={view.page}
              perPage={view.perPage}
              total={tables.data.total}
              onPageChange={(page) => void setView({ page })}
              onPerPageChange={(perPage) => void setView({ perPage, page: null })}
            />
          </>
        )}
        {tables.data?.total === 0 && (
          <EmptyState
            title="No table matches"
            actions={isFiltered && <Button onClick={clearFilters}>Clear filters</Button>}
          >
            {view.search === ''
              ? 'There are no tables with this status.'
              : `No table's name or ID contains “${view.search}”.`}
          </EmptyState>
        )}
        {tables.isPending && <TableListSkeleton />}
        {tables.isError && !tables.data && (
          <ErrorState
            title="The tables could not be loaded"
            error={tables.error}
            onRetry={() => void tables.refetch()}
            isRetrying={tables.isFetching}
          />
        )}
      </Card>
    </div>
  );
}
