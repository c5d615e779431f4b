import { dehydrate, HydrationBoundary, noop } from '@tanstack/react-query';
import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { AudiencesPage } from '#components/audiences/list/audiences-page.tsx';
import {
  loadAudienceListParameters,
  withinLimits,
} from '#components/audiences/list/list-parameters.ts';
import { audiencesQuery } from '#lib/queries/audiences.ts';
import { getQueryClient } from '#lib/queries/client.ts';
import { listAudiences } from '#lib/services/audiences/list-audiences.ts';
import { requireActor } from '../../require-actor.ts';

export const metadata: Metadata = { title: 'Audiences' };

type AudiencesRouteProps = { searchParams: Promise<SearchParams> };

export default async function AudiencesRoute({ searchParams }: AudiencesRouteProps) {
  const actor = await requireActor();
  const queryClient = getQueryClient();
  const parameters = withinLimits(await loadAudienceListParameters(searchParams));
  await queryClient
    .query({ ...audiencesQuery(parameters), queryFn: () => listAudiences(actor, parameters) })
    // The browser asks again, and has a place to show the error.
    .catch(noop);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <AudiencesPage />
    </HydrationBoundary>
  );
}
