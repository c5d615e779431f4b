import { useQuery } from '@tanstack/react-query';
import { useDebounced } from '#components/use-debounced.ts';
import { listAudiencesParameters, type ListedAudience } from '#lib/contracts/audiences.ts';
import { audiencesQuery } from '#lib/queries/audiences.ts';

interface FindAudiencesOptions {
  readonly text: string;
  readonly projectId: number;
  /** Those that are not offered. */
  readonly without: readonly number[];
  readonly enabled?: boolean;
}

export interface FoundAudiences {
  readonly audiences: readonly ListedAudience[];
  /** So many more have the text in their name. */
  readonly others: number;
  readonly isSearching: boolean;
}

/** The first audiences of a project that have a text in their name, once the text has stood still. */
export function useFoundAudiences(options: FindAudiencesOptions): FoundAudiences {
  const { text, projectId, without, enabled = true } = options;
  const search = useDebounced(text.trim());
  const { data, isFetching } = useQuery({
    ...audiencesQuery(
      listAudiencesParameters.parse({ search, perPage: 20, projectId: String(projectId) }),
    ),
    enabled,
  });
  return {
    audiences: data?.items.filter(({ id }) => !without.includes(id)) ?? [],
    others: data ? data.total - data.items.length : 0,
    isSearching: isFetching,
  };
}
