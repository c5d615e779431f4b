import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { PageHeader } from '#components/ui/page-header.tsx';
import { UploadHistory } from '#components/uploads/upload-history.tsx';
import { prefetchUploads } from './prefetch-uploads.ts';

export const metadata: Metadata = { title: 'Upload History' };

type UploadsPageProps = { searchParams: Promise<SearchParams> };

export default async function UploadsPage({ searchParams }: UploadsPageProps) {
  const queryClient = await prefetchUploads(searchParams);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PageHeader
        crumbs={[{ label: 'Data' }]}
        title="Upload History"
        description="Every file that was sent, to whichever table, and what became of its rows."
      />
      <UploadHistory />
    </HydrationBoundary>
  );
}
