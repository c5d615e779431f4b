import { dehydrate, HydrationBoundary, noop } from '@tanstack/react-query';
import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import {
  loadTableListParameters,
  overviewParameters,
  withinLimits,
} from '#components/tables/list-parameters.ts';
import { TablesPage } from '#components/tables/tables-page.tsx';
import type { ListTablesParameters } from '#lib/contracts/tables.ts';
import { getQueryClient } from '#lib/queries/client.ts';
import { tablesQuery } from '#lib/queries/tables.ts';
import { listTables } from '#lib/services/tables/list-tables.ts';
import { requireActor } from '../../require-actor.ts';

export const metadata: Metadata = { title: 'Attributes' };

type AttributesPageProps = { searchParams: Promise<SearchParams> };

export default async function AttributesPage({ searchParams }: AttributesPageProps) {
  const actor = await requireActor();
  const queryClient = getQueryClient();
  const prefetch = (parameters: ListTablesParameters) =>
    queryClient
      .query({ ...tablesQuery(parameters), queryFn: () => listTables(actor, parameters) })
      // The browser asks again, and has a place to show the error.
      .catch(noop);
  await Promise.all([
    prefetch(withinLimits(await loadTableListParameters(searchParams))),
    prefetch(overviewParameters),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <TablesPage />
    </HydrationBoundary>
  );
}
