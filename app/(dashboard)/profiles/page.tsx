import { dehydrate, HydrationBoundary, noop } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { createLoader, type SearchParams } from 'nuqs/server';
import { lookupParameters } from '#components/profiles/lookup-parameters.ts';
import { ProfilesPage } from '#components/profiles/profiles-page.tsx';
import { getQueryClient } from '#lib/queries/client.ts';
import { profileQuery } from '#lib/queries/profiles.ts';
import { tableQuery } from '#lib/queries/tables.ts';
import { lookUpProfile } from '#lib/services/profiles.ts';
import { getTable } from '#lib/services/tables/get-table.ts';
import { requireActor } from '../../require-actor.ts';

export const metadata: Metadata = { title: 'Customer Profiles' };

const loadLookupParameters = createLoader(lookupParameters);

type ProfilesRouteProps = { searchParams: Promise<SearchParams> };

export default async function ProfilesRoute({ searchParams }: ProfilesRouteProps) {
  const actor = await requireActor();
  const { table: tableId, customerId } = await loadLookupParameters(searchParams);
  const queryClient = getQueryClient();
  // What fails here the browser asks again, and has a place to show the error.
  if (tableId !== null) {
    await queryClient
      .query({ ...tableQuery(tableId), queryFn: () => getTable(actor, tableId) })
      .catch(noop);
  }
  if (tableId !== null && customerId !== '') {
    await queryClient
      .query({
        ...profileQuery({ tableId, customerId }),
        queryFn: () => lookUpProfile(actor, { tableId, customerId }),
      })
      .catch(noop);
  }
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <ProfilesPage />
    </HydrationBoundary>
  );
}
