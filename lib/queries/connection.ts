import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  connectionResponse,
  revealSecretResponse,
  testConnectionResponse,
  type RotateCredentialRequest,
  type TestConnectionResponse,
} from '../contracts/credentials.ts';
import { fetchJson } from './fetch-json.ts';

export const connectionKeys = {
  detail: (tableId: number) => ['connection', tableId],
} as const;

export function connectionQuery(tableId: number) {
  return queryOptions({
    queryKey: connectionKeys.detail(tableId),
    queryFn: ({ signal }) =>
      fetchJson({ path: `/api/tables/${tableId}/connection`, schema: connectionResponse, signal }),
  });
}

/** Never cached: the secret lives as long as the component that shows or copies it. */
export async function revealSecret(credentialId: number): Promise<string> {
  const { secretAccessKey } = await fetchJson({
    path: `/api/credentials/${credentialId}/reveal`,
    schema: revealSecretResponse,
    method: 'POST',
    body: {},
  });
  return secretAccessKey;
}

export async function rotateCredential(
  tableId: number,
  request: RotateCredentialRequest,
): Promise<void> {
  await fetchJson({
    path: `/api/tables/${tableId}/credentials/rotate`,
    schema: z.unknown(),
    method: 'POST',
    body: request,
  });
}

/** Ends the overlap of a key that a rotation left valid. */
export async function endCredential(credentialId: number): Promise<void> {
  await fetchJson({
    path: `/api/credentials/${credentialId}`,
    schema: z.unknown(),
    method: 'DELETE',
  });
}

export function testConnection(tableId: number): Promise<TestConnectionResponse> {
  return fetchJson({
    path: `/api/tables/${tableId}/connection/test`,
    schema: testConnectionResponse,
    method: 'POST',
    body: {},
  });
}
