import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  attributeResponse,
  tableInsights,
  type CreateAttributeRequest,
  type CreateAttributesRequest,
  type UpdateAttributeRequest,
} from '../contracts/attributes.ts';
import { fetchJson } from './fetch-json.ts';

// Attributes are read with their table (see tables.ts); a write invalidates tableKeys.all.

/** They follow uploads in the background. */
const insightsInterval = 15_000;

export function tableInsightsQuery(tableId: number) {
  return queryOptions({
    queryKey: ['table-insights', tableId],
    queryFn: ({ signal }) =>
      fetchJson({ path: `/api/tables/${tableId}/insights`, schema: tableInsights, signal }),
    refetchInterval: insightsInterval,
  });
}

export function createAttribute(tableId: number, body: CreateAttributeRequest) {
  return fetchJson({
    path: `/api/tables/${tableId}/attributes`,
    method: 'POST',
    body,
    schema: attributeResponse,
  });
}

export function createAttributes(tableId: number, body: CreateAttributesRequest) {
  return fetchJson({
    path: `/api/tables/${tableId}/attributes/bulk`,
    method: 'POST',
    body,
    schema: z.unknown(),
  });
}

export function updateAttribute(id: number, body: UpdateAttributeRequest) {
  return fetchJson({
    path: `/api/attributes/${id}`,
    method: 'PATCH',
    body,
    schema: attributeResponse,
  });
}
