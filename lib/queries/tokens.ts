import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  createTokenResponse,
  serviceChoice,
  tokenResponse,
  type CreateTokenRequest,
} from '../contracts/tokens.ts';
import { fetchJson } from './fetch-json.ts';

export const tokenKeys = { all: ['tokens'] as const };

export function tokensQuery() {
  return queryOptions({
    queryKey: tokenKeys.all,
    queryFn: ({ signal }) =>
      fetchJson({ path: '/api/tokens', schema: z.array(tokenResponse), signal }),
  });
}

export function createToken(body: CreateTokenRequest) {
  return fetchJson({ path: '/api/tokens', method: 'POST', body, schema: createTokenResponse });
}

export function revokeToken(id: number) {
  return fetchJson({ path: `/api/tokens/${id}`, method: 'DELETE', schema: z.unknown() });
}

export function servicesQuery() {
  return queryOptions({
    queryKey: ['services'] as const,
    queryFn: ({ signal }) =>
      fetchJson({ path: '/api/services', schema: z.array(serviceChoice), signal }),
  });
}
