import { dehydrate, HydrationBoundary, noop } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { ConnectionCard } from '#components/connection/connection-card.tsx';
import { FormatCard } from '#components/uploads/format-card.tsx';
import { TemplateCard } from '#components/uploads/template-card.tsx';
import { UploadCard } from '#components/uploads/upload-card.tsx';
import { WatchedBucketCard } from '#components/watched-bucket/watched-bucket-card.tsx';
import { getQueryClient } from '#lib/queries/client.ts';
import { connectionQuery } from '#lib/queries/connection.ts';
import { watchedBucketQuery } from '#lib/queries/watched-buckets.ts';
import { getConnection } from '#lib/services/connection.ts';
import { getWatchedBucket } from '#lib/services/watched-buckets/get-watched-bucket.ts';
import { requireActor } from '../../../../require-actor.ts';
import { loadTable } from '../load-table.ts';

export const metadata: Metadata = { title: 'Data Upload' };

type DataUploadPageProps = { params: Promise<{ tableId: string }> };

export default async function DataUploadPage({ params }: DataUploadPageProps) {
  const actor = await requireActor();
  const { id: tableId } = await loadTable((await params).tableId);
  const dashboardHost = (await headers()).get('host');
  const queryClient = getQueryClient();
  await Promise.all([
    queryClient
      .query({
        ...connectionQuery(tableId),
        queryFn: () => getConnection(actor, { tableId, dashboardHost }),
      })
      // The browser asks again, and has a place to show the error.
      .catch(noop),
    queryClient
      .query({
        ...watchedBucketQuery(tableId),
        queryFn: () => getWatchedBucket(actor, tableId),
      })
      .catch(noop),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <UploadCard tableId={tableId} />
          <ConnectionCard tableId={tableId} />
          <WatchedBucketCard tableId={tableId} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <TemplateCard tableId={tableId} />
          <FormatCard tableId={tableId} />
        </div>
      </div>
    </HydrationBoundary>
  );
}
