import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { UploadHistory } from '#components/uploads/upload-history.tsx';
import { prefetchUploads } from '../../../uploads/prefetch-uploads.ts';
import { loadTable } from '../load-table.ts';

export const metadata: Metadata = { title: 'Upload History' };

type TableHistoryPageProps = {
  params: Promise<{ tableId: string }>;
  searchParams: Promise<SearchParams>;
};

export default async function TableHistoryPage({ params, searchParams }: TableHistoryPageProps) {
  const { id: tableId } = await loadTable((await params).tableId);
  const queryClient = await prefetchUploads(searchParams, tableId);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <UploadHistory tableId={tableId} />
    </HydrationBoundary>
  );
}
