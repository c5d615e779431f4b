import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { EditorPage } from '#components/audiences/editor/editor-page.tsx';
import { audienceKeys } from '#lib/queries/audiences.ts';
import { getQueryClient } from '#lib/queries/client.ts';
import { findAudience, loadAudience } from '../load-audience.ts';

type EditAudienceProps = { params: Promise<{ audienceId: string }> };

export async function generateMetadata({ params }: EditAudienceProps): Promise<Metadata> {
  const audience = await findAudience((await params).audienceId);
  return { title: audience ? `Edit ${audience.name}` : 'Not found' };
}

export default async function EditAudiencePage({ params }: EditAudienceProps) {
  const audience = await loadAudience((await params).audienceId);
  const queryClient = getQueryClient();
  queryClient.setQueryData(audienceKeys.detail(audience.id), audience);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <EditorPage audienceId={audience.id} />
    </HydrationBoundary>
  );
}
