import { z } from 'zod';
import { id, timeParameter } from '../common.ts';
import { uploadSources, uploadState } from '../uploads.ts';
import { v1Timestamp } from './common.ts';

/** A file on its way into a table; ours, in the manner of the v1 API. */
export const dcpUpload = z.object({
  id,
  dcp_datasource_id: id,
  key: z.string(),
  source: z.enum(uploadSources),
  size_bytes: z.int(),
  /** Nothing of the file is stored; `rows_changed` tells what storing it would change. */
  check_only: z.boolean(),
  state: uploadState,
  rows_read: z.int(),
  /** Rows that were come to; more than `rows_read` when a cancel or a failure left out rows that were not stored yet. */
  rows_reached: z.int(),
  rows_accepted: z.int(),
  rows_rejected: z.int(),
  /** Customers created or changed; a row equal to what is stored is accepted and changes nothing. */
  rows_changed: z.int(),
  /** Those of them that were created. */
  rows_created: z.int(),
  /** Customers in the file whom the table has with the same values; null unless a completed check counted them. */
  rows_unchanged: z.int().nullable(),
  /** One sentence; null unless the file failed. */
  error: z.string().nullable(),
  created: v1Timestamp,
  started: v1Timestamp.nullable(),
  finished: v1Timestamp.nullable(),
});
export type DcpUpload = z.infer<typeof dcpUpload>;

/** Query of `GET dcp_datasources/<id>/dcp_uploads`: the latest first, in the v2 API's manner of pages. */
export const listDcpUploadsParameters = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  per_page: z.coerce.number().int().min(1).max(200).default(100),
  /** `created` is this time or later. */
  created_from: timeParameter.optional(),
  /** `created` is before this time. */
  created_before: timeParameter.optional(),
});
