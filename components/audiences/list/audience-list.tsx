'use client';

import { useQuery } from '@tanstack/react-query';
import { FilterX, Users } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import type { ComponentProps } from 'react';
import { useMissingRole } from '#components/shell/session.tsx';
import { useDebounced } from '#components/use-debounced.ts';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { RefreshError } from '#components/ui/refresh-error.tsx';
import { SearchInput } from '#components/ui/search-input.tsx';
import { StatusFilter } from '#components/ui/status-filter.tsx';
import { SortableHead, Table, TableBody, TableHead, TableHeader } from '#components/ui/table.tsx';
import type { audienceSorts } from '#lib/contracts/audiences.ts';
import { audiencesQuery } from '#lib/queries/audiences.ts';
import { AudienceListSkeleton } from './audience-list-skeleton.tsx';
import { AudienceRow } from './audience-row.tsx';
import { audienceListParsers, withinLimits } from './list-parameters.ts';

const statusOptions = [
  { value: 'active', label: 'Active' },
  { value: 'archived', label: 'Archived' },
  { value: 'all', label: 'All' },
] as const;

type Sort = (typeof audienceSorts)[number];

export function AudienceList() {
  const [view, setView] = useQueryStates(audienceListParsers);
  const search = useDebounced(view.search);
  const audiences = useQuery(audiencesQuery(withinLimits({ ...view, search })));
  const isFiltered = view.search !== '' || view.status !== 'active';

  function head(
    sort: Sort,
    label: string,
    look: Pick<ComponentProps<typeof SortableHead>, 'align' | 'className'> = {},
  ) {
    // Names read from A on; of everything else people want the most or the newest first.
    const first = sort === 'name' ? 'asc' : 'desc';
    const other = first === 'asc' ? 'desc' : 'asc';
    const direction = view.sort === sort && view.direction === first ? other : first;
    return (
      <SortableHead
        direction={view.sort === sort ? view.direction : null}
        onSort={() => void setView({ sort, direction, page: null })}
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
          label="Search audiences by name or ID"
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
      {audiences.isError && audiences.data && (
        <RefreshError
          error={audiences.error}
          onRetry={() => void audiences.refetch()}
          isRetrying={audiences.isFetching}
        />
      )}
      <Card aria-label="Audiences">
        {audiences.data && audiences.data.total > 0 && (
          <>
            <Table label="Audiences" isStale={audiences.isPlaceholderData}>
              <TableHeader>
                {head('name', 'Name')}
                <TableHead>Who is in it</TableHead>
                {head('size', 'Size', { align: 'end' })}
                <TableHead align="end" className="as-narrow-rows:hidden">
                  Used by
                </TableHead>
                {head('modified', 'Modified', { className: 'as-narrow-rows:hidden' })}
                <TableHead className="w-10">
                  <span className="sr-only">Actions</span>
                </TableHead>
              </TableHeader>
              <TableBody>
                {audiences.data.items.map((audience) => (
                  <AudienceRow key={audience.id} audience={audience} />
                ))}
              </TableBody>
            </Table>
            <Pagination
              noun="audience"
              page={view.page}
              perPage={view.perPage}
              total={audiences.data.total}
              onPageChange={(page) => void setView({ page })}
              onPerPageChange={(perPage) => void setView({ perPage, page: null })}
            />
          </>
        )}
        {audiences.data?.total === 0 &&
          (isFiltered ? (
            <EmptyState
              title="No audience matches"
              actions={<Button onClick={clearFilters}>Clear filters</Button>}
            >
              {view.search === ''
                ? 'There are no audiences with this status.'
                : `No audience's name or ID contains “${view.search}”.`}
            </EmptyState>
          ) : (
            <FirstAudience />
          ))}
        {audiences.isPending && <AudienceListSkeleton />}
        {audiences.isError && !audiences.data && (
          <ErrorState
            title="The audiences could not be loaded"
            error={audiences.error}
            onRetry={() => void audiences.refetch()}
            isRetrying={audiences.isFetching}
          />
        )}
      </Card>
    </div>
  );
}

function FirstAudience() {
  const missingRole = useMissingRole('editor');
  return (
    <EmptyState
      icon={<Users />}
      title="No audiences yet"
      actions={
        <>
          {missingRole === null && (
            <ButtonLink href="/audiences/new" variant="primary">
              Create your first audience
            </ButtonLink>
          )}
          <ButtonLink href="/attributes">See your attributes</ButtonLink>
        </>
      }
    >
      An audience is everyone whose attributes meet your conditions, such as gold members who were
      seen in the last 30 days.
      {missingRole !== null && ` ${missingRole}`}
    </EmptyState>
  );
}
