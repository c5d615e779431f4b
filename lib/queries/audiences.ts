import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  attributeInsight,
  audienceBreakdown,
  audienceCatalogue,
  audienceHistory,
  audienceOverlap,
  audiencePage,
  audienceResponse,
  audienceSampleResponse,
  audienceSizeResponse,
  audienceTestResponse,
  audienceVersions,
  suggestedValues,
  type ArchiveAudienceRequest,
  type AudienceSampleRequest,
  type AudienceSizeRequest,
  type AudienceTestRequest,
  type CreateAudienceRequest,
  type ListAudiencesParameters,
  type ProjectParameters,
  type SuggestValuesParameters,
  type UpdateAudienceRequest,
} from '../contracts/audiences.ts';
import { fetchJson, toQueryString } from './fetch-json.ts';

const all = ['audiences'] as const;

export const audienceKeys = {
  /** Everything about every audience; invalidate it after a write. */
  all,
  lists: [...all, 'list'] as const,
  list: (parameters: ListAudiencesParameters) => [...all, 'list', parameters] as const,
  detail: (id: number) => [...all, 'detail', id] as const,
  versions: (id: number) => [...all, 'versions', id] as const,
  history: (id: number) => [...all, 'history', id] as const,
  breakdown: (id: number, attributeId: number) => [...all, 'breakdown', id, attributeId] as const,
  overlap: (ids: readonly number[]) => [...all, 'overlap', ids] as const,
};

/** Not below `audienceKeys.all`: a write to an audience changes none of this. */
export const audienceQuestionKeys = {
  catalogue: (parameters: ProjectParameters) => ['audience-catalogue', parameters] as const,
  insight: (attributeId: number) => ['attribute-insight', attributeId] as const,
  values: (attributeId: number, parameters: SuggestValuesParameters) =>
    ['attribute-values', attributeId, parameters] as const,
  size: (body: AudienceSizeRequest) => ['audience-size', body] as const,
  sample: (body: AudienceSampleRequest) => ['audience-sample', body] as const,
  test: (body: AudienceTestRequest) => ['audience-test', body] as const,
};

const path = '/api/audiences';

/** A count is seconds away after a save or an upload. */
const countingInterval = 2_000;
const idleInterval = 15_000;

export function audiencesQuery(parameters: ListAudiencesParameters) {
  return queryOptions({
    queryKey: audienceKeys.list(parameters),
    queryFn: ({ signal }) =>
      fetchJson({ path: `${path}${toQueryString(parameters)}`, schema: audiencePage, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: (query) =>
      query.state.data?.items.some(({ size }) => !size?.isCurrent)
        ? countingInterval
        : idleInterval,
  });
}

export function audienceQuery(id: number) {
  return queryOptions({
    queryKey: audienceKeys.detail(id),
    queryFn: ({ signal }) => fetchJson({ path: `${path}/${id}`, schema: audienceResponse, signal }),
  });
}

export function audienceVersionsQuery(id: number) {
  return queryOptions({
    queryKey: audienceKeys.versions(id),
    queryFn: ({ signal }) =>
      fetchJson({ path: `${path}/${id}/versions`, schema: audienceVersions, signal }),
  });
}

export function audienceHistoryQuery(id: number) {
  return queryOptions({
    queryKey: audienceKeys.history(id),
    queryFn: ({ signal }) =>
      fetchJson({ path: `${path}/${id}/history`, schema: audienceHistory, signal }),
    refetchInterval: idleInterval,
  });
}

export function audienceBreakdownQuery(id: number, attributeId: number) {
  return queryOptions({
    queryKey: audienceKeys.breakdown(id, attributeId),
    queryFn: ({ signal }) =>
      fetchJson({
        path: `${path}/${id}/breakdown${toQueryString({ attributeId })}`,
        schema: audienceBreakdown,
        signal,
      }),
  });
}

/** @param ids two or three. */
export function audienceOverlapQuery(ids: readonly number[]) {
  return queryOptions({
    queryKey: audienceKeys.overlap(ids),
    queryFn: ({ signal }) =>
      fetchJson({
        path: `${path}/overlap${toQueryString({ ids: ids.join(',') })}`,
        schema: audienceOverlap,
        signal,
      }),
  });
}

export function audienceCatalogueQuery(parameters: ProjectParameters = {}) {
  return queryOptions({
    queryKey: audienceQuestionKeys.catalogue(parameters),
    queryFn: ({ signal }) =>
      fetchJson({
        path: `${path}/attributes${toQueryString(parameters)}`,
        schema: audienceCatalogue,
        signal,
      }),
  });
}

export function attributeInsightQuery(attributeId: number) {
  return queryOptions({
    queryKey: audienceQuestionKeys.insight(attributeId),
    queryFn: ({ signal }) =>
      fetchJson({ path: `${path}/attributes/${attributeId}`, schema: attributeInsight, signal }),
  });
}

export function suggestedValuesQuery(attributeId: number, parameters: SuggestValuesParameters) {
  return queryOptions({
    queryKey: audienceQuestionKeys.values(attributeId, parameters),
    queryFn: ({ signal }) =>
      fetchJson({
        path: `${path}/attributes/${attributeId}/values${toQueryString(parameters)}`,
        schema: suggestedValues,
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** Ends the query in the database, too, when it is cancelled. */
export function audienceSizeQuery(body: AudienceSizeRequest) {
  return queryOptions({
    queryKey: audienceQuestionKeys.size(body),
    queryFn: ({ signal }) =>
      fetchJson({
        path: `${path}/size`,
        method: 'POST',
        body,
        schema: audienceSizeResponse,
        signal,
      }),
    retry: false,
  });
}

export function audienceSampleQuery(body: AudienceSampleRequest) {
  return queryOptions({
    queryKey: audienceQuestionKeys.sample(body),
    queryFn: ({ signal }) =>
      fetchJson({
        path: `${path}/sample`,
        method: 'POST',
        body,
        schema: audienceSampleResponse,
        signal,
      }),
    retry: false,
    // Customer data is not kept once it is not shown.
    gcTime: 2_000,
  });
}

export function audienceTestQuery(body: AudienceTestRequest) {
  return queryOptions({
    queryKey: audienceQuestionKeys.test(body),
    queryFn: ({ signal }) =>
      fetchJson({
        path: `${path}/test`,
        method: 'POST',
        body,
        schema: audienceTestResponse,
        signal,
      }),
    retry: false,
    // Customer data is not kept once it is not shown.
    gcTime: 2_000,
  });
}

export function createAudience(body: CreateAudienceRequest) {
  return fetchJson({ path, method: 'POST', body, schema: audienceResponse });
}

export function updateAudience(id: number, body: UpdateAudienceRequest) {
  return fetchJson({ path: `${path}/${id}`, method: 'PUT', body, schema: audienceResponse });
}

export function archiveAudience(id: number, body: ArchiveAudienceRequest) {
  return fetchJson({ path: `${path}/${id}`, method: 'PATCH', body, schema: audienceResponse });
}

/** Only when no other audience refers to it (409). */
export function deleteAudience(id: number) {
  return fetchJson({ path: `${path}/${id}`, method: 'DELETE', schema: z.unknown() });
}

export function duplicateAudience(id: number) {
  return fetchJson({
    path: `${path}/${id}/duplicate`,
    method: 'POST',
    body: {},
    schema: audienceResponse,
  });
}

/** @param version which one to bring back; `base` the one that is current, as in a save. */
export function restoreAudience(id: number, { version, base }: { version: number; base: number }) {
  return fetchJson({
    path: `${path}/${id}/versions/${version}/restore`,
    method: 'POST',
    body: { version: base },
    schema: audienceResponse,
  });
}

/** Where a browser downloads the members from. */
export function membersHref(id: number, tableId?: number): string {
  return `${path}/${id}/members.csv${toQueryString({ tableId })}`;
}
