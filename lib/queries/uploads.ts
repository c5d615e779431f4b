import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query';
import {
  rejectPage,
  terminalUploadStates,
  uploadPage,
  uploadResponse,
  type ListRejectsParameters,
  type ListUploadsParameters,
  type UploadResponse,
  type UploadState,
  type UploadSummary,
} from '../contracts/uploads.ts';
import { fetchJson, toQueryString } from './fetch-json.ts';
import { tableKeys } from './tables.ts';

export const uploadsPerPage = 25;
export const rejectsPerPage = 50;

/** Progress is written about once a second, so asking more often shows nothing new. */
const liveInterval = 1000;
/** A file that an S3 client sends appears in an open history by itself, if not at once. */
const idleInterval = 5000;

export type UploadFilters = Partial<ListUploadsParameters>;

export const uploadKeys = {
  all: ['uploads'],
  lists: ['uploads', 'list'],
  list: (filters: UploadFilters) => ['uploads', 'list', filters],
  detail: (id: number) => ['uploads', 'detail', id],
  rejects: (id: number, parameters: ListRejectsParameters) => [
    'uploads',
    'rejects',
    id,
    parameters,
  ],
} as const;

/** An upload that no worker will touch again, unless somebody retries it. */
export function isTerminal(state: UploadState): boolean {
  return terminalUploadStates.includes(state);
}

export function uploadsQuery(filters: UploadFilters) {
  const queryKey = uploadKeys.list(filters);
  return queryOptions({
    queryKey,
    queryFn: async ({ client, signal }) => {
      const page = await fetchJson({
        path: `/api/uploads${toQueryString(filters)}`,
        schema: uploadPage,
        signal,
      });
      const before = client.getQueryData<typeof page>(queryKey);
      if (before) await noticeEnd(client, before.items, page.items);
      return page;
    },
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) =>
      data?.items.some(({ state }) => !isTerminal(state)) ? liveInterval : idleInterval,
  });
}

export function uploadQuery(id: number) {
  const queryKey = uploadKeys.detail(id);
  return queryOptions({
    queryKey,
    queryFn: async ({ client, signal }) => {
      const upload = await fetchJson({
        path: `/api/uploads/${id}`,
        schema: uploadResponse,
        signal,
      });
      const before = client.getQueryData<typeof upload>(queryKey);
      await noticeEnd(client, before ? [before] : [], [upload]);
      return upload;
    },
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && isTerminal(data.state) ? false : liveInterval,
  });
}

/** An upload that ended since `before` makes row counts and "last upload" of its table stale. */
async function noticeEnd(
  client: QueryClient,
  before: readonly UploadSummary[],
  after: readonly UploadSummary[],
): Promise<void> {
  const settled = new Set(before.filter(({ state }) => isTerminal(state)).map(({ id }) => id));
  if (!after.some(({ id, state }) => isTerminal(state) && !settled.has(id))) return;
  await client.invalidateQueries({ queryKey: tableKeys.all });
}

/** While the upload is under way its rejects grow; `isLive` keeps the page up to date. */
export function rejectsQuery(id: number, parameters: ListRejectsParameters, isLive = false) {
  return queryOptions({
    queryKey: uploadKeys.rejects(id, parameters),
    queryFn: ({ signal }) =>
      fetchJson({
        path: `/api/uploads/${id}/rejects${toQueryString(parameters)}`,
        schema: rejectPage,
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: isLive ? 3 * liveInterval : false,
  });
}

/** Stops an upload; rows that are stored already stay. */
export function cancelUpload(id: number): Promise<UploadResponse> {
  return fetchJson({
    path: `/api/uploads/${id}/cancel`,
    schema: uploadResponse,
    method: 'POST',
    body: {},
  });
}

/** `retry`: a failed or cancelled file once more. `store`: a file that was only checked. */
export type QueueAgain = 'retry' | 'store';

/** Reads a file in again, as a new upload at the end of the queue. */
export function queueUploadAgain(id: number, way: QueueAgain): Promise<UploadResponse> {
  return fetchJson({
    path: `/api/uploads/${id}/${way}`,
    schema: uploadResponse,
    method: 'POST',
    body: {},
  });
}
