import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  userResponse,
  type AcceptInvitationRequest,
  type SignInRequest,
} from '../contracts/auth.ts';
import { fetchJson } from './fetch-json.ts';

export function sessionQuery() {
  return queryOptions({
    queryKey: ['session'] as const,
    queryFn: ({ signal }) => fetchJson({ path: '/api/session', schema: userResponse, signal }),
  });
}

/** The answer sets the session cookie. */
export function signIn(body: SignInRequest) {
  return fetchJson({
    path: '/api/auth/sign-in/email',
    method: 'POST',
    body: { ...body, rememberMe: true },
    schema: z.unknown(),
  });
}

export function signOut() {
  return fetchJson({ path: '/api/auth/sign-out', method: 'POST', body: {}, schema: z.unknown() });
}

/** Turns a one-time link into a user. */
export function acceptInvitation(body: AcceptInvitationRequest) {
  return fetchJson({ path: '/api/setup', method: 'POST', body, schema: userResponse });
}
