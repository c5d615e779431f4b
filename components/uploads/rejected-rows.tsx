'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsInteger, useQueryState } from 'nuqs';
import { formatNumber } from '#components/format.ts';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Table, TableBody, TableHead, TableHeader } from '#components/ui/table.tsx';
import type { UploadResponse } from '#lib/contracts/uploads.ts';
import { isTerminal, rejectsPerPage, rejectsQuery } from '#lib/queries/uploads.ts';
import { RejectedRowItem } from './rejected-row-item.tsx';

/** The rejected rows themselves, in the order of the file, a page at a time. */
export function RejectedRows({ upload }: { upload: UploadResponse }) {
  const [page, setPage] = useQueryState('page', parseAsInteger.withDefault(1));
  const query = useQuery(rejectsQuery(upload.id, Math.max(1, page), !isTerminal(upload.state)));
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
  return (
    <>
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
        noun="rejected rows"
        page={Math.max(1, page)}
        perPage={rejectsPerPage}
        total={data.total}
        onPageChange={(next) => void setPage(next, { history: 'push' })}
      />
    </>
  );
}
