import { z } from 'zod';
import { conditionsField } from '../audiences.ts';
import { id, idParameter } from '../common.ts';
import { v1Boolean, v1Description, v1Name, v1Timestamp } from './common.ts';

/** An audience (reference 5.1). `conditions` is JSON as text. */
export const v1Audience = z.object({
  id,
  project_id: id,
  name: z.string(),
  description: z.string().nullable(),
  conditions: z.string(),
  segmentation: z.boolean(),
  archived: z.boolean(),
  created: v1Timestamp,
  last_modified: v1Timestamp,
});
export type V1Audience = z.infer<typeof v1Audience>;

/** Body of `POST projects/<id>/audiences`. Without conditions nobody is in it. */
export const createV1AudienceRequest = z.object({
  name: v1Name,
  description: v1Description.default(null),
  conditions: conditionsField.default('[]'),
  segmentation: v1Boolean.default(false),
});

/** Body of `PUT audiences/<id>`; other fields may come back as they were read. */
export const updateV1AudienceRequest = z.looseObject({
  name: v1Name.optional(),
  description: v1Description.optional(),
  conditions: conditionsField.optional(),
  segmentation: v1Boolean.optional(),
  archived: v1Boolean.optional(),
});

/** Body of `POST projects/<id>/audiences/size`. `quick` may estimate, and answers at once. */
export const v1AudienceSizeRequest = z.object({
  conditions: conditionsField,
  precision: z.enum(['quick', 'exact'], 'Use "quick" or "exact".').default('exact'),
});

export const v1AudienceSize = z.object({
  size: z.int(),
  /** False for an estimate, which lies between `low` and `high` in at least 95 of 100 cases. */
  exact: z.boolean(),
  low: z.int(),
  high: z.int(),
  /** Profiles altogether. */
  total: z.int(),
});

/** Query of `GET audiences/<id>/members`. */
export const listV1MembersParameters = z.object({
  /** Members of this table only: the Optimizely table has the users. */
  dcp_datasource_id: idParameter.optional(),
  per_page: z.coerce.number().int().min(1).max(10_000).default(1_000),
  /** `next` of the page before. */
  after: z.string().max(4_096).optional(),
});

/**
 * One page of an audience's members, in a fixed order: who is a user by their Optimizely user ID, anybody else by their ID
 * in the table that knows them.
 */
export const v1Members = z.object({
  members: z.array(z.object({ dcp_datasource_id: id, customer_id: z.string() })),
  /** To be sent as `after`; null on the last page. */
  next: z.string().nullable(),
});
