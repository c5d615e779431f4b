import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { AudienceHeader } from '#components/audiences/page/audience-header.tsx';
import { audienceKeys } from '#lib/queries/audiences.ts';
import { getQueryClient } from '#lib/queries/client.ts';
import { findAudience, loadAudience } from '../load-audience.ts';

type AudienceLayoutProps = { params: Promise<{ audienceId: string }>; children: ReactNode };

export async function generateMetadata({ params }: AudienceLayoutProps): Promise<Metadata> {
  const audience = await findAudience((await params).audienceId);
  // Thrown from here, a page not found would have no title at all.
  const name = audience?.name ?? 'Not found';
  return { title: { default: name, template: `%s · ${name} · OpenDCP` } };
}

export default async function AudienceLayout({ params, children }: AudienceLayoutProps) {
  const audience = await loadAudience((await params).audienceId);
  const queryClient = getQueryClient();
  queryClient.setQueryData(audienceKeys.detail(audience.id), audience);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <AudienceHeader audienceId={audience.id} />
      {children}
    </HydrationBoundary>
  );
}
