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
        title="Upload History"
        description="Files sent to any table: whether they have been processed, and what became of their rows."
      />
      <UploadHistory />
    </HydrationBoundary>
  );
}
