import { z } from 'zod';
import { datatypes, datetimeFormats } from '../core/datatypes/types.ts';
import { id, timestamp } from './common.ts';

/** Query of `GET /api/profiles`. */
export const readProfileParameters = z.object({
  tableId: z.coerce.number().int().positive().max(2_147_483_647),
  customerId: z.string().min(1, 'Enter a customer ID.'),
});
export type ReadProfileParameters = z.infer<typeof readProfileParameters>;

const profileValue = z.object({
  attributeId: id,
  name: z.string(),
  datatype: z.enum(datatypes),
  format: z.enum(datetimeFormats).nullable(),
  /** Exact text: every digit of a long, the shortest exact form of a double; null when there is no value. */
  value: z.string().nullable(),
});
export type ProfileValue = z.infer<typeof profileValue>;

/** Answer of `GET /api/profiles`; `found: false` is an answer, not an error. */
export const profileResponse = z.object({
  tableId: id,
  tableName: z.string(),
  customerId: z.string(),
  found: z.boolean(),
  updatedAt: timestamp.nullable(),
  /** The upload that last changed the row; null for a write over REST. */
  source: z.object({ uploadId: id, fileName: z.string() }).nullable(),
  values: z.array(profileValue),
});
export type ProfileResponse = z.infer<typeof profileResponse>;
