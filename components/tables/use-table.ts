import { useSuspenseQuery } from '@tanstack/react-query';
import type { TableResponse } from '#lib/contracts/tables.ts';
import { tableQuery } from '#lib/queries/tables.ts';

/** The table of the page, which the page's layout has already loaded. */
export function useTable(id: number): TableResponse {
  return useSuspenseQuery(tableQuery(id)).data;
}
