import { useQuery } from '@tanstack/react-query';
import { listTablesParameters } from '#lib/contracts/tables.ts';
import { tablesQuery } from '#lib/queries/tables.ts';

const parameters = listTablesParameters.parse({ perPage: 200 });

/** How many tables are behind because their last upload failed. */
export function useFailedTables(): number {
  const { data } = useQuery({
    ...tablesQuery(parameters),
    refetchInterval: 60_000,
    staleTime: 60_000,
  });
  return data?.items.filter((table) => table.lastUpload?.state === 'failed').length ?? 0;
}
