import { dehydrate, HydrationBoundary, noop } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { createLoader, parseAsInteger, type SearchParams } from 'nuqs/server';
import { receiverOf } from '#components/webhooks/receiver-of.ts';
import { WebhookPage } from '#components/webhooks/webhook-page.tsx';
import { getQueryClient } from '#lib/queries/client.ts';
import { deliveriesPerPage, deliveriesQuery, webhookKeys } from '#lib/queries/webhooks.ts';
import { listDeliveries } from '#lib/services/webhooks/deliveries.ts';
import { requireActor } from '../../../../require-actor.ts';
import { findWebhook, loadWebhook } from './load-webhook.ts';

type WebhookDetailPageProps = {
  params: Promise<{ webhookId: string }>;
  searchParams: Promise<SearchParams>;
};

const loadAddress = createLoader({ page: parseAsInteger.withDefault(1) });

export async function generateMetadata({ params }: WebhookDetailPageProps): Promise<Metadata> {
  const webhook = await findWebhook((await params).webhookId);
  return { title: webhook ? `${receiverOf(webhook.url)} · Webhooks` : 'Not found' };
}

export default async function WebhookDetailPage({ params, searchParams }: WebhookDetailPageProps) {
  const actor = await requireActor();
  const webhook = await loadWebhook((await params).webhookId);
  const queryClient = getQueryClient();
  queryClient.setQueryData(webhookKeys.detail(webhook.id), webhook);
  const page = Math.max(1, (await loadAddress(searchParams)).page);
  await queryClient
    .query({
      ...deliveriesQuery(webhook.id, page),
      queryFn: () => listDeliveries(actor, webhook.id, { page, perPage: deliveriesPerPage }),
    })
    // The browser asks again, and has a place to show the error.
    .catch(noop);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <WebhookPage id={webhook.id} />
    </HydrationBoundary>
  );
}
