import { getDb } from '#lib/db/client.ts';
import { getRowPool } from '#lib/db/pool.ts';
import { deleteProfile } from '#lib/store/delete-profile.ts';
import { readProfile } from '#lib/store/read-profile.ts';
import { writeProfile } from '#lib/store/write-profile.ts';
import type { ProfileResponse, ReadProfileParameters } from '../contracts/profiles.ts';
import { formatValue } from '../core/datatypes/format-value.ts';
import { AppError } from '../core/errors.ts';
import type { Actor } from './actor.ts';
import type { Facts } from './facts/facts.ts';
import { FactsChanged } from './facts/with-facts.ts';
import { requireRole, requireScope } from './permissions.ts';
import type { CustomerProfile } from './profiles/profile-json.ts';
import { findProfileTable } from './profiles/find-profile-table.ts';
import type { ProfileTable } from './profiles/profile-table.ts';
import { readValues } from './profiles/read-values.ts';
import { refuseArchived, withWideRowsRefused } from './profiles/refuse-writes.ts';
import { requireCustomerId } from './profiles/require-customer-id.ts';

/** One row of the REST API: `<service>/<table>/<customer ID>`. */
export interface CustomerReference {
  readonly serviceId: number;
  readonly tableId: number;
  readonly customerId: string;
}

/**
 * One row of a table. A customer without one is "not found", as for every other id that is wrong.
 *
 * @param facts of `withFacts`
 */
export async function getCustomerProfile(
  actor: Actor,
  { customerId, ...reference }: CustomerReference,
  facts: Facts,
): Promise<CustomerProfile> {
  requireScope(actor, 'read-profiles');
  const table = await findProfileTable(actor, reference, facts);
  requireCustomerId(customerId);
  const stored = await readProfile(getRowPool(), {
    tableId: table.id,
    columns: table.attributes,
    customerId,
  });
  if (!stored) throw noSuchCustomer(table);
  if (stored.factsVersion !== facts.version) throw new FactsChanged();
  return { table, customerId, values: stored.values };
}

/** What `setCustomerProfile` writes. */
export interface ProfileWrite {
  readonly customer: CustomerReference;
  /** What `parseJsonExact` gave for the request's body. */
  readonly body: unknown;
}

/**
 * Sets attributes of one customer and creates the row when there is none; what `data` does not name stays.
 *
 * @param facts of `withFacts`
 */
export async function setCustomerProfile(
  actor: Actor,
  { customer, body }: ProfileWrite,
  facts: Facts,
): Promise<void> {
  const table = await requireWritable(actor, customer, facts);
  const { customerId } = customer;
  const values = readValues(table, body);
  const write = { tableId: table.id, customerId, values, onlyIfFacts: facts.version };
  const outcome = await withWideRowsRefused(writeProfile(getRowPool(), write));
  if (outcome === 'other-facts') throw new FactsChanged();
}

/**
 * Deletes the row of one customer. That of an Optimizely user goes with the user's aliases.
 *
 * @throws `not-found` when there is none
 */
export async function deleteCustomerProfile(
  actor: Actor,
  customer: CustomerReference,
): Promise<void> {
  const table = await requireWritable(actor, customer);
  const { customerId } = customer;
  const isGone = await deleteProfile(getRowPool(), { tableId: table.id, customerId });
  if (!isGone) throw noSuchCustomer(table);
}

/** The table of a row that the actor may write. */
async function requireWritable(
  actor: Actor,
  { customerId, ...reference }: CustomerReference,
  facts?: Facts,
): Promise<ProfileTable> {
  requireScope(actor, 'write-profiles');
  requireRole(actor, 'editor');
  const table = await findProfileTable(actor, reference, facts);
  requireCustomerId(customerId);
  refuseArchived(table);
  return table;
}

/** The dashboard's view of one customer; a customer who is not there is an answer, not an error. */
export async function lookUpProfile(
  actor: Actor,
  { tableId, customerId }: ReadProfileParameters,
): Promise<ProfileResponse> {
  requireScope(actor, 'read-profiles');
  const table = await findProfileTable(actor, { tableId });
  requireCustomerId(customerId);
  const stored = await readProfile(getRowPool(), {
    tableId: table.id,
    columns: table.attributes,
    customerId,
  });
  return {
    tableId: table.id,
    tableName: table.name,
    customerId,
    found: stored !== null,
    updatedAt: stored?.updatedAt.toISOString() ?? null,
    source: await findSource(stored?.uploadId ?? null),
    values: table.attributes.map(({ attributeId, name, datatype, format, type }) => {
      const value = stored?.values.get(attributeId) ?? null;
      const text = value === null ? null : formatValue(type, value);
      return { attributeId, name, datatype, format, value: text };
    }),
  };
}

async function findSource(uploadId: number | null): Promise<ProfileResponse['source']> {
  if (uploadId === null) return null;
  const upload = await getDb().upload.findUnique({
    where: { id: uploadId },
    select: { fileName: true },
  });
  return upload && { uploadId, fileName: upload.fileName };
}

function noSuchCustomer(table: ProfileTable): AppError {
  return new AppError({
    code: 'not-found',
    message: `The table ${table.id} has no customer with this ID.`,
    status: 404,
  });
}
