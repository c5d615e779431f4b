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

/** Customers of one table that one Optimizely user is. */
const alias = z.object({
  tableId: id,
  tableName: z.string(),
  customerId: z.string(),
});
export type Alias = z.infer<typeof alias>;

/** Answer of `GET /api/profiles/identity`: who else the customer is. */
export const identityResponse = z.object({
  /** The service's Optimizely table. */
  builtIn: z.object({ tableId: id, tableName: z.string() }),
  /** Optimizely users that are this customer, at most 100. */
  users: z.array(z.string()),
  /** The user whose aliases follow: the only one; null when there are none or several. */
  userId: z.string().nullable(),
  aliases: z.array(alias),
  /** The user's rows in the tables other than the one that was asked for. */
  profiles: z.array(profileResponse),
});
export type IdentityResponse = z.infer<typeof identityResponse>;

/** Body of `POST /api/profiles/aliases`; null removes the alias. */
export const setAliasRequest = z.object({
  userId: z.string().min(1, 'Enter an Optimizely user ID.'),
  tableId: z.int('Choose a table.').positive('Choose a table.'),
  customerId: z.string().min(1, 'Enter a customer ID.').nullable(),
});
export type SetAliasRequest = z.infer<typeof setAliasRequest>;
