import { z } from 'zod';
import { id } from '../common.ts';
import { v1Name, v1Timestamp } from './common.ts';

const projectStatus = z.enum(['Active', 'Archived'], 'Use "Active" or "Archived".');

/** A project, as far as customer profiles go: the service that its audiences may use, or null. */
export const v1Project = z.object({
  id,
  account_id: id,
  project_name: z.string(),
  project_status: projectStatus,
  dcp_service_id: id.nullable(),
  created: v1Timestamp,
  last_modified: v1Timestamp,
});
export type V1Project = z.infer<typeof v1Project>;

const serviceId = z.int('Use the id of a service, or null.').positive().nullable();

/** Body of `POST projects`. */
export const createV1ProjectRequest = z.object({
  project_name: v1Name,
  project_status: projectStatus.default('Active'),
  dcp_service_id: serviceId.default(null),
});

/** Body of `PUT projects/<id>`; other fields may come back as they were read. */
export const updateV1ProjectRequest = z.looseObject({
  project_name: v1Name.optional(),
  project_status: projectStatus.optional(),
  dcp_service_id: serviceId.optional(),
});
