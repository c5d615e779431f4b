import { z } from 'zod';
import { errorResponse } from './common.ts';
import { shortList } from './short-list.ts';

/** Ids are texts in the profile API (reference 2.6). */
const idText = z.string().regex(/^[1-9]\d*$/);

const maxRowsPerBatch = 1_000;
const rowLimit = `Send at most ${maxRowsPerBatch.toLocaleString('en-US')} rows in one call.`;

/** Values by attribute name, typed as the attributes are; null clears one. */
const values = z.record(z.string(), z.unknown());

/** Body of `POST customer_profile/...`. */
export const setCustomerProfileBody = z.object({ data: values });

/** One row of one table. A long beyond ±(2^53 − 1) is a decimal text. */
export const customerProfile = z.object({
  dcpServiceId: idText,
  datasourceId: idText,
  customerId: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type CustomerProfile = z.infer<typeof customerProfile>;

/** A line of an export as NDJSON, and an item of a batch write. */
export const exportedRow = customerProfile.pick({ customerId: true, data: true });
export type ExportedRow = z.infer<typeof exportedRow>;

/** Body of `POST alias/...`: customer IDs by table id; null removes an alias. */
export const setAliasesBody = z.object({ data: z.record(z.string(), z.unknown()) });

/** Customer IDs by table id. */
export const userAliases = customerProfile.extend({ data: z.record(z.string(), z.string()) });

/** Body of `POST customer_profiles/...`; what is wrong with one row is said in its verdict. */
export const writeBatchBody = z.object({
  profiles: shortList({ of: z.unknown(), most: maxRowsPerBatch, tooMany: rowLimit }),
});

/** A verdict for each row, in their order. */
export const writeBatchResponse = z.object({
  written: z.int(),
  refused: z.int(),
  results: z.array(
    errorResponse
      .omit({ uuid: true })
      .partial()
      .extend({ customerId: z.string().nullable(), status: z.int() }),
  ),
});

export type WriteVerdict = z.infer<typeof writeBatchResponse>['results'][number];

/** Body of `POST customer_profiles/.../lookup`. */
export const readBatchBody = z.object({
  customerIds: shortList({ of: z.string(), most: maxRowsPerBatch, tooMany: rowLimit }),
});

/** A row or a 404 for each customer, in their order. */
export const readBatchResponse = z.object({
  results: z.array(
    z.union([
      customerProfile.extend({ status: z.literal(200) }),
      z.object({ status: z.literal(404), customerId: z.string() }),
    ]),
  ),
});

export type ReadResult = z.infer<typeof readBatchResponse>['results'][number];

/** The audiences that a customer is in: all of the projects that are linked to the service, archived ones left out. */
export const customerAudiences = customerProfile.omit({ data: true }).extend({
  audiences: z.array(z.object({ id: idText, projectId: idText, name: z.string() })),
  /** How many profiles the customer is part of: users that share an ID are one each. In one of them is in. */
  profiles: z.int(),
  /** False when there are more profiles than these, which were not looked at. */
  complete: z.boolean(),
});
export type CustomerAudiences = z.infer<typeof customerAudiences>;
