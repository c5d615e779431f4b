import { useSuspenseQuery } from '@tanstack/react-query';
import type { AudienceResponse } from '#lib/contracts/audiences.ts';
import { audienceQuery } from '#lib/queries/audiences.ts';

/** A count is under way after a save or an upload. */
const countingInterval = 2_000;
const idleInterval = 15_000;

/** The audience of the page, which the page's layout has already loaded. */
export function useAudience(id: number): AudienceResponse {
  return useSuspenseQuery({
    ...audienceQuery(id),
    refetchInterval: ({ state }) =>
      state.data?.size?.isCurrent === true ? idleInterval : countingInterval,
  }).data;
}
