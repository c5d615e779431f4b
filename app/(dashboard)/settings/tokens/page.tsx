import { dehydrate, HydrationBoundary, noop } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { TokensPage } from '#components/tokens/tokens-page.tsx';
import { getQueryClient } from '#lib/queries/client.ts';
import { tokensQuery } from '#lib/queries/tokens.ts';
import { listTokens } from '#lib/services/tokens/tokens.ts';
import { requireActor } from '../../../require-actor.ts';

export const metadata: Metadata = { title: 'API tokens' };

export default async function Tokens() {
  const actor = await requireActor();
  const queryClient = getQueryClient();
  await queryClient
    .query({ ...tokensQuery(), queryFn: () => listTokens(actor) })
    // The browser asks again, and has a place to show the error.
    .catch(noop);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <TokensPage />
    </HydrationBoundary>
  );
}
