import { z } from 'zod';
import { id } from '../common.ts';
import { v1Name, v1Timestamp } from './common.ts';

/** Reference 2.3. Access keys belong to tables here, so the service's own are always null. */
export const dcpService = z.object({
  id,
  account_id: id,
  archived: z.boolean(),
  name: z.string(),
  s3_path: z.string(),
  aws_access_key: z.string().nullable(),
  aws_secret_key: z.string().nullable(),
  created: v1Timestamp,
  last_modified: v1Timestamp,
});
export type DcpService = z.infer<typeof dcpService>;

/** Body of `POST dcp_services`. */
export const createDcpServiceRequest = z.object({ name: v1Name });

/** Body of `PUT dcp_services/<id>`; other fields may come back as they were read. */
export const updateDcpServiceRequest = z.looseObject({ name: v1Name.optional() });
