import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  inviteResponse,
  userResponse,
  type ChangeRoleRequest,
  type InviteRequest,
} from '../contracts/auth.ts';
import { fetchJson } from './fetch-json.ts';

export const memberKeys = { all: ['members'] as const };

export function membersQuery() {
  return queryOptions({
    queryKey: memberKeys.all,
    queryFn: ({ signal }) =>
      fetchJson({ path: '/api/members', schema: z.array(userResponse), signal }),
  });
}

export function inviteMember(body: InviteRequest) {
  return fetchJson({
    path: '/api/members/invitations',
    method: 'POST',
    body,
    schema: inviteResponse,
  });
}

export function changeMemberRole(id: string, body: ChangeRoleRequest) {
  return fetchJson({ path: `/api/members/${id}`, method: 'PATCH', body, schema: userResponse });
}

export function removeMember(id: string) {
  return fetchJson({ path: `/api/members/${id}`, method: 'DELETE', schema: z.unknown() });
}
