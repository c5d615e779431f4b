import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { testConnectionResponse, type TestConnectionResponse } from '../contracts/credentials.ts';
import {
  watchedBucketResponse,
  type SaveWatchedBucketRequest,
  type WatchedBucketResponse,
} from '../contracts/watched-buckets.ts';
import { fetchJson } from './fetch-json.ts';

export const watchedBucketKeys = {
  detail: (tableId: number) => ['watched-bucket', tableId],
} as const;

const schema = watchedBucketResponse.nullable();
/** Looks happen by themselves, and what they find is shown. */
const refreshInterval = 10_000;

const pathOf = (tableId: number) => `/api/tables/${tableId}/watched-bucket`;

export function watchedBucketQuery(tableId: number) {
  return queryOptions({
    queryKey: watchedBucketKeys.detail(tableId),
    queryFn: ({ signal }) => fetchJson({ path: pathOf(tableId), schema, signal }),
    refetchInterval: ({ state: { data } }) =>
      data && data.nextLookAt !== null ? refreshInterval : false,
  });
}

export function saveWatchedBucket(
  tableId: number,
  body: SaveWatchedBucketRequest,
): Promise<WatchedBucketResponse | null> {
  return fetchJson({ path: pathOf(tableId), schema, method: 'POST', body });
}

export function testWatchedBucket(
  tableId: number,
  body: SaveWatchedBucketRequest,
): Promise<TestConnectionResponse> {
  const path = `${pathOf(tableId)}/test`;
  return fetchJson({ path, schema: testConnectionResponse, method: 'POST', body });
}

export function pauseWatchedBucket(
  tableId: number,
  paused: boolean,
): Promise<WatchedBucketResponse | null> {
  return fetchJson({ path: pathOf(tableId), schema, method: 'PATCH', body: { paused } });
}

export function lookIntoBucket(tableId: number): Promise<WatchedBucketResponse | null> {
  return fetchJson({ path: `${pathOf(tableId)}/look`, schema, method: 'POST', body: {} });
}

export async function removeWatchedBucket(tableId: number): Promise<void> {
  await fetchJson({ path: pathOf(tableId), schema: z.unknown(), method: 'DELETE' });
}
