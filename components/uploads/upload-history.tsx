'use client';

import { useQuery } from '@tanstack/react-query';
import { FileClock, SearchX } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { RefreshError } from '#components/ui/refresh-error.tsx';
import { Table, TableBody, TableHead, TableHeader } from '#components/ui/table.tsx';
import type { UploadPage } from '#lib/contracts/uploads.ts';
import { uploadsPerPage, uploadsQuery } from '#lib/queries/uploads.ts';
import { HistoryFilterBar } from './history-filter-bar.tsx';
import { hasFilters, isBackwards, toUploadFilters } from './history-parameters.ts';
import { HistorySkeleton } from './history-skeleton.tsx';
import { UploadRow } from './upload-row.tsx';
import { useHistoryAddress } from './use-history-address.ts';

type UploadHistoryProps = {
  /** Left out in the history of all tables. */
  tableId?: number;
};

/** Files on their way into tables, newest first; keeps up with them while they are processed. */
export function UploadHistory({ tableId }: UploadHistoryProps) {
  const history = useHistoryAddress();
  const { address } = history;
  const query = useQuery(uploadsQuery(toUploadFilters(address, tableId)));
  const { data, error, refetch, isFetching, isPlaceholderData } = query;
  const isFirstTime = data?.total === 0 && !hasFilters(address) && address.page === 1;

  if (isFirstTime) return <NoUploads {...(tableId === undefined ? {} : { tableId })} />;
  return (
    <div className="flex flex-col gap-3">
      <HistoryFilterBar history={history} showsTable={tableId === undefined} />
      {data && error && (
        <RefreshError error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
      )}
      <Card aria-busy={!data && !error} aria-label="Uploads">
        {!data && error && (
          <ErrorState
            title="The Upload History could not be loaded"
            error={error}
            onRetry={() => void refetch()}
            isRetrying={isFetching}
          />
        )}
        {!data && !error && <HistorySkeleton />}
        {data && data.items.length === 0 && (
          <NoMatch isBackwards={isBackwards(address)} onClear={history.clearFilters} />
        )}
        {data && data.items.length > 0 && (
          <UploadTable
            uploads={data.items}
            showsTable={tableId === undefined}
            isStale={isPlaceholderData}
          />
        )}
        {data && data.items.length > 0 && (
          <Pagination
            noun="upload"
            page={address.page}
            perPage={uploadsPerPage}
            total={data.total}
            onPageChange={history.setPage}
          />
        )}
      </Card>
    </div>
  );
}

type UploadTableProps = { uploads: UploadPage['items']; showsTable: boolean; isStale: boolean };

function UploadTable({ uploads, showsTable, isStale }: UploadTableProps) {
  return (
    <Table label="Upload History" isStale={isStale}>
      <TableHeader>
        <TableHead>File</TableHead>
        <TableHead>State</TableHead>
        {showsTable && <TableHead>Table</TableHead>}
        <TableHead className="as-narrow-rows:hidden">Source</TableHead>
        <TableHead align="end">Accepted</TableHead>
        <TableHead align="end">Rejected</TableHead>
        <TableHead align="end">Duration</TableHead>
      </TableHeader>
      <TableBody>
        {uploads.map((upload) => (
          <UploadRow key={upload.id} upload={upload} showsTable={showsTable} />
        ))}
      </TableBody>
    </Table>
  );
}

function NoUploads({ tableId }: UploadHistoryProps) {
  return (
    <Card>
      <EmptyState
        icon={<FileClock />}
        title="No file has been uploaded yet"
        actions={
          tableId === undefined ? (
            <ButtonLink variant="primary" href="/attributes">
              Choose a table to upload to
            </ButtonLink>
          ) : (
            <ButtonLink variant="primary" href={`/attributes/${tableId}/upload`}>
              Upload data
            </ButtonLink>
          )
        }
      >
        Every CSV file that arrives, from the browser or from an S3 client, is listed here with what
        was accepted and what was rejected, and why.
      </EmptyState>
    </Card>
  );
}

function NoMatch({ isBackwards, onClear }: { isBackwards: boolean; onClear: () => void }) {
  return (
    <EmptyState
      icon={<SearchX />}
      title="No upload matches"
      actions={<Button onClick={onClear}>Clear filters</Button>}
    >
      {isBackwards
        ? 'The first day is after the last one.'
        : 'No upload matches the search and filters, or the page is past the last one.'}
    </EmptyState>
  );
}
