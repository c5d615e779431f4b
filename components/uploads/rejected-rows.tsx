'use client';

import { useQuery } from '@tanstack/react-query';
import { FilterX } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { formatNumber } from '#components/format.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Table, TableBody, TableHead, TableHeader } from '#components/ui/table.tsx';
import { wholeRow, type UploadResponse } from '#lib/contracts/uploads.ts';
import { rejectTitles } from '#lib/core/csv/reject-messages.ts';
import { isTerminal, rejectsPerPage, rejectsQuery } from '#lib/queries/uploads.ts';
import { rejectParameters, toRejectsRequest } from './reject-parameters.ts';
import { RejectedRowItem } from './rejected-row-item.tsx';

/** The rejected rows themselves, all or those of one reason, in the order of the file, a page at a time. */
export function RejectedRows({ upload }: { upload: UploadResponse }) {
  const [address, setAddress] = useQueryStates(rejectParameters);
  const wanted = toRejectsRequest(address);
  const query = useQuery(rejectsQuery(upload.id, wanted, !isTerminal(upload.state)));
  const { data, error, refetch, isFetching, isPlaceholderData } = query;
  const uncounted = upload.rowsRejected - upload.rejectsKept;

  if (!data && error) {
    return (
      <ErrorState
        title="The rejected rows could not be loaded"
        error={error}
        onRetry={() => void refetch()}
        isRetrying={isFetching}
      />
    );
  }
  if (!data) {
    return (
      <div aria-busy className="flex flex-col gap-3 p-4">
        <Skeleton />
        <Skeleton />
        <Skeleton />
      </div>
    );
  }
  const isFiltered = address.code !== null || address.column !== null;
  const clearFilter = () => {
    void setAddress({ code: null, column: null, page: null }, { history: 'push' });
  };
  return (
    <>
      {isFiltered && (
        <div className="flex flex-wrap items-center justify-between gap-2 px-4 py-2 text-sm">
          <p role="status">
            Only: {address.code === null ? 'any reason' : rejectTitles[address.code]}
            {address.column !== null && (
              <>
                {' '}
                in{' '}
                {address.column === wholeRow ? (
                  'the whole row'
                ) : (
                  <code className="font-mono text-xs wrap-anywhere">{address.column}</code>
                )}
              </>
            )}
          </p>
          <Button size="sm" onClick={clearFilter}>
            <FilterX aria-hidden />
            Show all rows
          </Button>
        </div>
      )}
      {data.items.length === 0 && (
        <EmptyState title="No kept row matches">
          Only the first rejected rows of a file are kept; further ones are counted above.
        </EmptyState>
      )}
      <Table label="Rejected rows" isStale={isPlaceholderData}>
        <TableHeader>
          <TableHead>Line</TableHead>
          <TableHead>Column</TableHead>
          <TableHead>Value</TableHead>
          <TableHead>Why</TableHead>
        </TableHeader>
        <TableBody>
          {data.items.map((row) => (
            <RejectedRowItem key={row.byteOffset} row={row} />
          ))}
        </TableBody>
      </Table>
      {isTerminal(upload.state) && uncounted > 0 && (
        <p className="border-t px-4 py-2 text-sm text-muted-foreground">
          {formatNumber(upload.rejectsKept)} rejected rows were kept; the other{' '}
          {formatNumber(uncounted)} are only counted.
        </p>
      )}
      <Pagination
        noun="rejected row"
        page={wanted.page}
        perPage={rejectsPerPage}
        total={data.total}
        onPageChange={(next) => void setAddress({ page: next }, { history: 'push' })}
      />
    </>
  );
}
