'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ShieldCheck, UserSearch } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { newRequestAddress } from '#components/privacy/privacy-parameters.ts';
import { useMissingRole } from '#components/shell/session.tsx';
import { Card, CardBody } from '#components/ui/card.tsx';
import { MenuLinkItem } from '#components/ui/dropdown-menu.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RefreshError } from '#components/ui/refresh-error.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import type { ReadProfileParameters } from '#lib/contracts/profiles.ts';
import { RequestError } from '#lib/queries/fetch-json.ts';
import { profileKeys, profileQuery } from '#lib/queries/profiles.ts';
import { IdentityCard } from './identity-card.tsx';
import { LookupForm, type Lookup } from './lookup-form.tsx';
import { lookupParameters } from './lookup-parameters.ts';
import { ProfileCard } from './profile-card.tsx';
import { ProfileNotFound } from './profile-not-found.tsx';
import { ProfileSkeleton } from './profile-skeleton.tsx';

export function ProfilesPage() {
  const [{ table, customerId }, setAddress] = useQueryStates(lookupParameters);
  const queryClient = useQueryClient();
  const isAsked = table !== null && customerId !== '';
  const canAsk = useMissingRole('administrator') === null && isAsked;
  const isHydrated = useHydrated();
  const query = useQuery({
    ...profileQuery({ tableId: table ?? 0, customerId }),
    enabled: isAsked,
  });
  const { data, error, refetch } = query;
  const isFetching = isHydrated && query.isFetching;

  function lookUp(lookup: Lookup) {
    // The same customer again means: as of now.
    const { table: tableId, customerId: id } = lookup;
    void queryClient.invalidateQueries({
      queryKey: profileKeys.detail({ tableId, customerId: id }),
    });
    void setAddress(lookup, { history: 'push' });
  }

  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Data' }]}
        title="Customer Profiles"
        description="Look a customer up by the ID that a table knows them by."
        {...(canAsk
          ? { moreActions: <PrivacyLink tableId={table} customerId={customerId} /> }
          : {})}
      />
      <Card aria-label="Look up a customer">
        <CardBody>
          <LookupForm
            key={JSON.stringify([table, customerId])}
            table={table}
            customerId={customerId}
            isPending={isFetching}
            onLookUp={lookUp}
          />
        </CardBody>
      </Card>
      <p role="status" className="sr-only">
        {data && !isFetching ? (data.found ? 'Customer found.' : 'Customer not found.') : ''}
      </p>
      {!isAsked && <NothingAsked />}
      {isAsked && !data && error && (
        <Card>
          <ErrorState
            title="The customer could not be looked up"
            error={error}
            // A table or an ID that is wrong stays wrong: the form above is the way on.
            {...(isWorthRetrying(error) ? { onRetry: () => void refetch() } : {})}
            isRetrying={isFetching}
          />
        </Card>
      )}
      {isAsked && !data && !error && <ProfileSkeleton />}
      {isAsked && data && error && (
        <RefreshError error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
      )}
      {isAsked &&
        data &&
        (data.found ? <ProfileCard profile={data} /> : <ProfileNotFound profile={data} />)}
      {isAsked && data?.found === true && (
        <IdentityCard key={JSON.stringify([table, customerId])} profile={data} />
      )}
    </>
  );
}

function PrivacyLink(customer: ReadProfileParameters) {
  return (
    <MenuLinkItem href={newRequestAddress(customer)} icon={<ShieldCheck aria-hidden />}>
      Export or erase this customer
    </MenuLinkItem>
  );
}

function isWorthRetrying(error: Error): boolean {
  return !(error instanceof RequestError) || error.status === 0 || error.status >= 500;
}

function NothingAsked() {
  return (
    <Card>
      <EmptyState icon={<UserSearch />} title="Look a customer up">
        Choose a table and enter a customer ID, as it stands in the customerId column of its files.
        What you look up is not recorded; it is only in this page&apos;s address.
      </EmptyState>
    </Card>
  );
}
