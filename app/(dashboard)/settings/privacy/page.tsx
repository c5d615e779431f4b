import { dehydrate, HydrationBoundary, noop } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { createLoader, type SearchParams } from 'nuqs/server';
import { PrivacyPage } from '#components/privacy/privacy-page.tsx';
import { privacyParameters } from '#components/privacy/privacy-parameters.ts';
import { getQueryClient } from '#lib/queries/client.ts';
import { privacyRequestsPerPage, privacyRequestsQuery } from '#lib/queries/privacy-requests.ts';
import { listPrivacyRequests } from '#lib/services/privacy/requests.ts';
import { requireActor } from '../../../require-actor.ts';

export const metadata: Metadata = { title: 'Privacy requests' };

const loadParameters = createLoader(privacyParameters);

type PrivacyRouteProps = { searchParams: Promise<SearchParams> };

export default async function PrivacyRoute({ searchParams }: PrivacyRouteProps) {
  const actor = await requireActor();
  const { page: asked } = await loadParameters(searchParams);
  const page = Math.max(1, asked);
  const queryClient = getQueryClient();
  if (actor.role === 'administrator') {
    await queryClient
      .query({
        ...privacyRequestsQuery(page),
        queryFn: () => listPrivacyRequests(actor, { page, perPage: privacyRequestsPerPage }),
      })
      // The browser asks again, and has a place to show the error.
      .catch(noop);
  }
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PrivacyPage />
    </HydrationBoundary>
  );
}
