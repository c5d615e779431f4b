import { queryOptions } from '@tanstack/react-query';
import { profileResponse, type ReadProfileParameters } from '../contracts/profiles.ts';
import { fetchJson, toQueryString } from './fetch-json.ts';

export const profileKeys = {
  detail: (parameters: ReadProfileParameters) => ['profiles', parameters],
} as const;

export function profileQuery({ tableId, customerId }: ReadProfileParameters) {
  return queryOptions({
    queryKey: profileKeys.detail({ tableId, customerId }),
    queryFn: ({ signal }) =>
      fetchJson({
        path: `/api/profiles${toQueryString({ tableId, customerId })}`,
        schema: profileResponse,
        signal,
      }),
    // Customer data is not kept once the page is left; the two seconds bridge hydration.
    gcTime: 2000,
  });
}
