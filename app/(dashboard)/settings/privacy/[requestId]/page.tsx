import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RequestPage } from '#components/privacy/request-page.tsx';
import { idParameter } from '#lib/contracts/common.ts';
import { AppError } from '#lib/core/errors.ts';
import { getQueryClient } from '#lib/queries/client.ts';
import { privacyRequestQuery } from '#lib/queries/privacy-requests.ts';
import { getPrivacyRequest } from '#lib/services/privacy/requests.ts';
import { requireActor } from '../../../../require-actor.ts';

type PrivacyRequestPageProps = { params: Promise<{ requestId: string }> };

export async function generateMetadata({ params }: PrivacyRequestPageProps): Promise<Metadata> {
  return { title: `Privacy request ${(await params).requestId}` };
}

export default async function PrivacyRequestPage({ params }: PrivacyRequestPageProps) {
  const actor = await requireActor();
  const id = idParameter.safeParse((await params).requestId);
  if (!id.success) notFound();
  const queryClient = getQueryClient();
  if (actor.role === 'administrator') {
    await queryClient
      .query({
        ...privacyRequestQuery(id.data),
        queryFn: () => getPrivacyRequest(actor, id.data),
      })
      .catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'not-found') notFound();
        // Anything else the browser asks again, and has a place to show the error.
      });
  }
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <RequestPage id={id.data} />
    </HydrationBoundary>
  );
}
