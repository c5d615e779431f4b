import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { demoResponse } from '../contracts/demo.ts';
import {
  tableDeletionResponse,
  tablePage,
  tableResponse,
  type CreateTableRequest,
  type DeleteTableRequest,
  type ListTablesParameters,
  type TableSummary,
  type UpdateTableRequest,
} from '../contracts/tables.ts';
import { terminalUploadStates } from '../contracts/uploads.ts';
import { fetchJson, toQueryString } from './fetch-json.ts';

const all = ['tables'] as const;

export const tableKeys = {
  /** Everything about every table; invalidate it after a write. */
  all,
  lists: [...all, 'list'] as const,
  list: (parameters: ListTablesParameters) => [...all, 'list', parameters] as const,
  detail: (id: number) => [...all, 'detail', id] as const,
  deletion: (id: number) => [...all, 'deletion', id] as const,
};

export function tablesQuery(parameters: ListTablesParameters) {
  return queryOptions({
    queryKey: tableKeys.list(parameters),
    queryFn: ({ signal }) =>
      fetchJson({ path: `/api/tables${toQueryString(parameters)}`, schema: tablePage, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: (query) =>
      query.state.data?.items.some(isBusy) ? busyInterval : idleInterval,
  });
}

// While a file is under way its state and the row counts move; a new one may arrive over S3 at any time.
const busyInterval = 2000;
const idleInterval = 5000;

function isBusy({ lastUpload }: TableSummary): boolean {
  return lastUpload !== null && !terminalUploadStates.includes(lastUpload.state);
}

export function tableQuery(id: number) {
  return queryOptions({
    queryKey: tableKeys.detail(id),
    queryFn: ({ signal }) =>
      fetchJson({ path: `/api/tables/${id}`, schema: tableResponse, signal }),
    refetchInterval: (query) =>
      query.state.data && isBusy(query.state.data) ? busyInterval : idleInterval,
  });
}

/** What deleting the table would take along; never served from memory. */
export function tableDeletionQuery(id: number) {
  return queryOptions({
    queryKey: tableKeys.deletion(id),
    queryFn: ({ signal }) =>
      fetchJson({ path: `/api/tables/${id}/deletion`, schema: tableDeletionResponse, signal }),
    gcTime: 0,
    staleTime: 0,
  });
}

export function createTable(body: CreateTableRequest) {
  return fetchJson({ path: '/api/tables', method: 'POST', body, schema: tableResponse });
}

export function updateTable(id: number, body: UpdateTableRequest) {
  return fetchJson({ path: `/api/tables/${id}`, method: 'PATCH', body, schema: tableResponse });
}

export function deleteTable(id: number, body: DeleteTableRequest) {
  return fetchJson({ path: `/api/tables/${id}`, method: 'DELETE', body, schema: z.unknown() });
}

export function loadSampleData() {
  return fetchJson({ path: '/api/demo', method: 'POST', body: {}, schema: demoResponse });
}
