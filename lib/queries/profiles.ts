import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  identityResponse,
  profileResponse,
  type ReadProfileParameters,
  type SetAliasRequest,
} from '../contracts/profiles.ts';
import { fetchJson, toQueryString } from './fetch-json.ts';

export const profileKeys = {
  all: ['profiles'],
  detail: (parameters: ReadProfileParameters) => ['profiles', parameters],
  identity: (parameters: ReadProfileParameters) => ['profiles', parameters, 'identity'],
} as const;

/** Customer data is not kept once the page is left; the two seconds bridge hydration. */
const gcTime = 2000;

export function profileQuery({ tableId, customerId }: ReadProfileParameters) {
  return queryOptions({
    queryKey: profileKeys.detail({ tableId, customerId }),
    queryFn: ({ signal }) =>
      fetchJson({
        path: `/api/profiles${toQueryString({ tableId, customerId })}`,
        schema: profileResponse,
        signal,
      }),
    gcTime,
  });
}

export function identityQuery({ tableId, customerId }: ReadProfileParameters) {
  return queryOptions({
    queryKey: profileKeys.identity({ tableId, customerId }),
    queryFn: ({ signal }) =>
      fetchJson({
        path: `/api/profiles/identity${toQueryString({ tableId, customerId })}`,
        schema: identityResponse,
        signal,
      }),
    gcTime,
  });
}

export function setAlias(body: SetAliasRequest) {
  return fetchJson({ path: '/api/profiles/aliases', method: 'POST', body, schema: z.unknown() });
}
