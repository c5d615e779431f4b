'use client';

import { useQuery } from '@tanstack/react-query';
import { LockKeyhole, Plus, ShieldCheck } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { useMissingRole } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { RefreshError } from '#components/ui/refresh-error.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { privacyRequestsPerPage, privacyRequestsQuery } from '#lib/queries/privacy-requests.ts';
import { NewRequestDialog } from './new-request-dialog.tsx';
import { privacyParameters } from './privacy-parameters.ts';
import { RequestTable } from './request-table.tsx';

export function PrivacyPage() {
  const missingRole = useMissingRole('administrator');
  const [address, setAddress] = useQueryStates(privacyParameters);
  const isAllowed = missingRole === null;
  const query = useQuery({ ...privacyRequestsQuery(address.page), enabled: isAllowed });
  const { data, error, refetch, isFetching, isPlaceholderData } = query;
  const begin = (
    <Button
      variant="primary"
      onClick={() => void setAddress({ new: 'yes' })}
      disabledReason={missingRole}
    >
      <Plus aria-hidden />
      New request
    </Button>
  );
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Settings' }]}
        title="Privacy requests"
        description="Export what is held about one customer, or erase it: rows, aliases, kept files and rejected rows."
        primaryAction={begin}
      />
      {data && error && (
        <RefreshError error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
      )}
      <Card aria-label="Privacy requests">
        {!isAllowed && (
          <EmptyState icon={<LockKeyhole />} title="For administrators">
            Privacy requests gather everything that is held about a person, so only administrators
            make and see them. Ask one of them under Members.
          </EmptyState>
        )}
        {isAllowed && !data && !error && (
          <div
            role="status"
            aria-label="Loading privacy requests"
            className="flex flex-col gap-4 p-4"
          >
            <Skeleton className="w-64" />
            <Skeleton className="w-56" />
          </div>
        )}
        {!data && error && (
          <ErrorState
            title="The privacy requests could not be loaded"
            error={error}
            onRetry={() => void refetch()}
            isRetrying={isFetching}
          />
        )}
        {data?.total === 0 && (
          <EmptyState icon={<ShieldCheck />} title="No privacy requests yet" actions={begin}>
            When somebody asks what you hold about them, or wants it erased, begin here with their
            customer ID. Programs do the same at <code>/v2/subject-access-requests</code>.
          </EmptyState>
        )}
        {data && data.total > 0 && (
          <>
            <RequestTable requests={data.items} isStale={isPlaceholderData} />
            <Pagination
              noun="request"
              page={address.page}
              perPage={privacyRequestsPerPage}
              total={data.total}
              onPageChange={(page) => void setAddress({ page }, { history: 'push' })}
            />
          </>
        )}
      </Card>
      <NewRequestDialog
        open={isAllowed && address.new !== null}
        tableId={address.table}
        customerId={address.customerId}
        onClose={() => void setAddress({ new: null, table: null, customerId: null })}
      />
    </>
  );
}
