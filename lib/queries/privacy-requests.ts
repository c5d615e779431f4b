import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  privacyRequestPage,
  privacyRequestResponse,
  type ConfirmPrivacyRequest,
  type CreatePrivacyRequest,
  type PrivacyRequestResponse,
  type PrivacyRequestState,
} from '../contracts/privacy-requests.ts';
import { fetchJson, toQueryString } from './fetch-json.ts';

export const privacyRequestsPerPage = 25;

/** Progress is written about once a second. */
const liveInterval = 1000;

/** Identifiers of customers are not kept once the page is left; the two seconds bridge hydration. */
const gcTime = 2000;

export const privacyKeys = {
  all: ['privacy-requests'],
  list: (page: number) => ['privacy-requests', 'list', page],
  detail: (id: number) => ['privacy-requests', 'detail', id],
} as const;

const live: readonly PrivacyRequestState[] = ['queued', 'searching', 'erasing'];

/** Whether a worker is at it, or will be. */
export function isUnderWay(state: PrivacyRequestState): boolean {
  return live.includes(state);
}

export function privacyRequestsQuery(page: number) {
  return queryOptions({
    queryKey: privacyKeys.list(page),
    queryFn: ({ signal }) =>
      fetchJson({
        path: `/api/privacy-requests${toQueryString({ page, perPage: privacyRequestsPerPage })}`,
        schema: privacyRequestPage,
        signal,
      }),
    placeholderData: keepPreviousData,
    gcTime,
    refetchInterval: ({ state: { data } }) =>
      data?.items.some(({ state }) => isUnderWay(state)) ? liveInterval : false,
  });
}

export function privacyRequestQuery(id: number) {
  return queryOptions({
    queryKey: privacyKeys.detail(id),
    queryFn: ({ signal }) =>
      fetchJson({ path: `/api/privacy-requests/${id}`, schema: privacyRequestResponse, signal }),
    gcTime,
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && !isUnderWay(data.state) ? false : liveInterval,
  });
}

export function createPrivacyRequest(body: CreatePrivacyRequest): Promise<PrivacyRequestResponse> {
  return fetchJson({
    path: '/api/privacy-requests',
    method: 'POST',
    body,
    schema: privacyRequestResponse,
  });
}

export function confirmErasure(
  id: number,
  body: ConfirmPrivacyRequest,
): Promise<PrivacyRequestResponse> {
  return fetchJson({
    path: `/api/privacy-requests/${id}/confirm`,
    method: 'POST',
    body,
    schema: privacyRequestResponse,
  });
}

/** `cancel`: before anything is erased. `retry`: what has failed. */
export function movePrivacyRequest(
  id: number,
  way: 'cancel' | 'retry',
): Promise<PrivacyRequestResponse> {
  return fetchJson({
    path: `/api/privacy-requests/${id}/${way}`,
    method: 'POST',
    body: {},
    schema: privacyRequestResponse,
  });
}

/** Where the browser fetches the zip file of an export. */
export function exportAddress(id: number): string {
  return `/api/privacy-requests/${id}/export`;
}
