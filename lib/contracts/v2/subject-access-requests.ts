import { z } from 'zod';
import { id } from '../common.ts';
import {
  identifierTypes,
  privacyIdentifier,
  privacyRequestKinds,
  privacyRequestStates,
} from '../privacy-requests.ts';
import { v1Timestamp } from '../v1/common.ts';

/** Body of `POST /v2/subject-access-requests`. */
export const createSubjectAccessRequest = z.object({
  data_type: z.literal(
    'visitor',
    'Use "visitor". People who sign in are removed under Settings > Members.',
  ),
  identifier_type: z.enum(
    identifierTypes,
    'Use "dcp_id" or "optimizely_end_user_id": customers are known by no other identifier here.',
  ),
  identifier: privacyIdentifier,
  request_type: z.enum(privacyRequestKinds, 'Use "access" or "delete".'),
  /** Ours: the only table whose customer IDs are meant. */
  dcp_datasource_id: id.nullable().default(null),
});

/** The fields of Optimizely's object, and the table. */
export const subjectAccessRequest = z.object({
  id,
  account_id: id,
  data_type: z.literal('visitor'),
  identifier_type: z.enum(identifierTypes),
  /** null once the request has ended and the ID is not kept any more. */
  identifier: z.string().nullable(),
  request_type: z.enum(privacyRequestKinds),
  dcp_datasource_id: id.nullable(),
  status: z.enum(privacyRequestStates),
  requested_at_time: v1Timestamp,
  processing_started_time: v1Timestamp.nullable(),
  completed_at_time: v1Timestamp.nullable(),
  /** A month after the request. */
  sla_deadline_time: v1Timestamp,
  /** Where the zip file is; null unless there is one. */
  export_location: z.string().nullable(),
  /** Seven days after completion. */
  expired_at_time: v1Timestamp.nullable(),
  /** What the request failed with, or was cancelled for by itself; null otherwise. */
  error: z.string().nullable(),
});
export type SubjectAccessRequest = z.infer<typeof subjectAccessRequest>;

/** Query of `GET /v2/subject-access-requests`: the latest first. */
export const listSubjectAccessRequestsParameters = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  per_page: z.coerce.number().int().min(1).max(100).default(25),
});
