import { z } from 'zod';
import {
  createSubjectAccessRequest,
  listSubjectAccessRequestsParameters,
  subjectAccessRequest,
} from '../v2/subject-access-requests.ts';
import type { Operation } from './operation.ts';

const path = '/v2/subject-access-requests';
const read = { tag: 'Privacy', method: 'get', scope: 'read-profiles', status: 200 } as const;
/** Whoever may make requests of one kind sees how they stand. */
const look = { ...read, otherScope: 'write-profiles' } as const;

/** Calls below `/v2`. */
export const privacyOperations: readonly Operation[] = [
  {
    ...look,
    path,
    summary: 'List privacy requests, the latest first',
    description:
      'Requests of the account with their states, a page at a time. Customer IDs are shown only while a request is under way.',
    call: 'each privacyRequests.list()',
    query: listSubjectAccessRequestsParameters,
    response: z.array(subjectAccessRequest),
  },
  {
    tag: 'Privacy',
    method: 'post',
    path,
    summary: 'Ask for what is held about a customer, or have it erased (needs write-profiles)',
    scope: 'read-profiles',
    description:
      'Everything held about one customer ID, in all tables, aliases, kept files and rejected rows: `access` makes a zip file of it, `delete` erases it for good. The work is done by a worker; read the request until it has ended.',
    call: 'privacyRequests.create({body})',
    body: createSubjectAccessRequest,
    example: {
      data_type: 'visitor',
      identifier_type: 'dcp_id',
      identifier: 'c-1001',
      request_type: 'access',
    },
    status: 201,
    response: subjectAccessRequest,
  },
  {
    ...look,
    path: `${path}/{id}`,
    summary: 'Read a privacy request',
    description: 'The state of one request; `export_location` is set while there is a zip file.',
    call: 'privacyRequests.get({id})',
    response: subjectAccessRequest,
  },
  {
    ...read,
    path: `${path}/{id}/export`,
    summary: 'Download what is held about the customer as a zip file',
    description: 'For seven days after the request has ended.',
    call: 'privacyRequests.export({id})',
    files: ['application/zip'],
  },
];
