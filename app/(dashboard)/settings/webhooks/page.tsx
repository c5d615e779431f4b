import { dehydrate, HydrationBoundary, noop } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { WebhooksPage } from '#components/webhooks/webhooks-page.tsx';
import { getQueryClient } from '#lib/queries/client.ts';
import { webhooksQuery } from '#lib/queries/webhooks.ts';
import { listWebhooks } from '#lib/services/webhooks/list-webhooks.ts';
import { requireActor } from '../../../require-actor.ts';

export const metadata: Metadata = { title: 'Webhooks' };

export default async function Webhooks() {
  const actor = await requireActor();
  const queryClient = getQueryClient();
  await queryClient
    .query({ ...webhooksQuery(), queryFn: () => listWebhooks(actor) })
    // The browser asks again, and has a place to show the error.
    .catch(noop);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <WebhooksPage />
    </HydrationBoundary>
  );
}
