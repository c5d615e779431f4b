import { z } from 'zod';
import {
  createSubjectAccessRequest,
  listSubjectAccessRequestsParameters,
  subjectAccessRequest,
} from '../v2/subject-access-requests.ts';
import type { Operation } from './operation.ts';

const path = '/v2/subject-access-requests';
const read = { tag: 'Privacy', method: 'get', scope: 'read-profiles', status: 200 } as const;

/** Calls below `/v2`. */
export const privacyOperations: readonly Operation[] = [
  {
    ...read,
    path,
    summary: 'List privacy requests, the latest first',
    query: listSubjectAccessRequestsParameters,
    response: z.array(subjectAccessRequest),
  },
  {
    tag: 'Privacy',
    method: 'post',
    path,
    summary: 'Ask for what is held about a customer, or have it erased (needs write-profiles)',
    scope: 'read-profiles',
    body: createSubjectAccessRequest,
    status: 201,
    response: subjectAccessRequest,
  },
  {
    ...read,
    path: `${path}/{id}`,
    summary: 'Read a privacy request',
    response: subjectAccessRequest,
  },
  {
    ...read,
    path: `${path}/{id}/export`,
    summary: 'Download what is held about the customer as a zip file',
    files: ['application/zip'],
  },
];
