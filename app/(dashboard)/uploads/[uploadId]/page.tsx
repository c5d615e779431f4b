import { dehydrate, HydrationBoundary, noop } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { createLoader, type SearchParams } from 'nuqs/server';
import { rejectParameters, toRejectsRequest } from '#components/uploads/reject-parameters.ts';
import { UploadPage } from '#components/uploads/upload-page.tsx';
import { getQueryClient } from '#lib/queries/client.ts';
import { rejectsQuery, uploadKeys } from '#lib/queries/uploads.ts';
import { listRejects } from '#lib/services/uploads/list-rejects.ts';
import { requireActor } from '../../../require-actor.ts';
import { findUpload, loadUpload } from './load-upload.ts';

type UploadDetailPageProps = {
  params: Promise<{ uploadId: string }>;
  searchParams: Promise<SearchParams>;
};

const loadAddress = createLoader(rejectParameters);

export async function generateMetadata({ params }: UploadDetailPageProps): Promise<Metadata> {
  const upload = await findUpload((await params).uploadId);
  return { title: upload ? `${upload.fileName} · Upload History` : 'Not found' };
}

export default async function UploadDetailPage({ params, searchParams }: UploadDetailPageProps) {
  const actor = await requireActor();
  const upload = await loadUpload((await params).uploadId);
  const queryClient = getQueryClient();
  queryClient.setQueryData(uploadKeys.detail(upload.id), upload);
  if (upload.rowsRejected > 0) {
    const wanted = toRejectsRequest(await loadAddress(searchParams));
    await queryClient
      .query({
        ...rejectsQuery(upload.id, wanted),
        queryFn: () => listRejects(actor, upload.id, wanted),
      })
      // The browser asks again, and has a place to show the error.
      .catch(noop);
  }
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <UploadPage id={upload.id} />
    </HydrationBoundary>
  );
}
