import { z } from 'zod';
import { id } from '../common.ts';
import { v1Name, v1Timestamp } from './common.ts';

/** A project and the DCP service that its audiences may use; null while it is linked to none. */
export const v1Project = z.object({
  id,
  account_id: id,
  project_name: z.string(),
  dcp_service_id: id.nullable(),
  created: v1Timestamp,
  last_modified: v1Timestamp,
});
export type V1Project = z.infer<typeof v1Project>;

const serviceId = id.nullable();
