import { dehydrate, HydrationBoundary, noop } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { MembersPage } from '#components/members/members-page.tsx';
import { getQueryClient } from '#lib/queries/client.ts';
import { membersQuery } from '#lib/queries/members.ts';
import { listMembers } from '#lib/services/members.ts';
import { requireActor } from '../../../require-actor.ts';

export const metadata: Metadata = { title: 'Members' };

export default async function Members() {
  const actor = await requireActor();
  const queryClient = getQueryClient();
  await queryClient
    .query({ ...membersQuery(), queryFn: () => listMembers(actor) })
    // The browser asks again, and has a place to show the error.
    .catch(noop);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <MembersPage />
    </HydrationBoundary>
  );
}
