import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { isRowTooWide } from '#lib/store/postgres-error.ts';
import { readProfile } from '#lib/store/read-profile.ts';
import { writeProfile } from '#lib/store/write-profile.ts';
import type { ProfileResponse, ReadProfileParameters } from '../contracts/profiles.ts';
import { checkCustomerId } from '../core/datatypes/customer-id.ts';
import { explainCustomerIdFault } from '../core/datatypes/explain-fault.ts';
import { formatDatetime } from '../core/datatypes/format-json-value.ts';
import type { ValueType } from '../core/datatypes/types.ts';
import { AppError, errors } from '../core/errors.ts';
import type { Actor } from './actor.ts';
import { requireRole, requireScope } from './permissions.ts';
import type { CustomerProfile } from './profiles/profile-json.ts';
import { findProfileTable } from './profiles/profile-table.ts';
import { readValues } from './profiles/read-values.ts';

/** One row of the REST API: `<service>/<table>/<customer ID>`. */
export interface CustomerReference {
  readonly serviceId: number;
  readonly tableId: number;
  readonly customerId: string;
}

/** One row of a table. A customer without one is "not found", as for every other id that is wrong. */
export async function getCustomerProfile(
  actor: Actor,
  { customerId, ...reference }: CustomerReference,
): Promise<CustomerProfile> {
  requireScope(actor, 'read-profiles');
  const table = await findProfileTable(actor, reference);
  requireCustomerId(customerId);
  const stored = await readProfile(getPool(), {
    tableId: table.id,
    columns: table.attributes,
    customerId,
  });
  if (!stored) {
    throw new AppError({
      code: 'not-found',
      message: `The table ${table.id} has no customer with this ID.`,
      status: 404,
    });
  }
  return { table, customerId, values: stored.values };
}

/**
 * Sets attributes of one customer and creates the row when there is none; what `data` does not name stays.
 *
 * @param body what `parseJsonExact` gave for the request's body.
 */
export async function setCustomerProfile(
  actor: Actor,
  { customerId, ...reference }: CustomerReference,
  body: unknown,
): Promise<void> {
  requireScope(actor, 'write-profiles');
  requireRole(actor, 'editor');
  const table = await findProfileTable(actor, reference);
  requireCustomerId(customerId);
  if (table.isArchived) {
    throw errors.conflict(`The table ${table.id} is archived. Restore it to write to it.`);
  }
  const values = readValues(table, body);
  try {
    await writeProfile(getPool(), { tableId: table.id, customerId, values });
  } catch (error) {
    if (!isRowTooWide(error)) throw error;
    // Without the cause: the database's message may quote a customer's value.
    throw errors.invalid(
      'The row has more filled attributes than the database can hold in one row. Spread the attributes over several tables.',
    );
  }
}

/** The dashboard's view of one customer; a customer who is not there is an answer, not an error. */
export async function lookUpProfile(
  actor: Actor,
  { tableId, customerId }: ReadProfileParameters,
): Promise<ProfileResponse> {
  requireScope(actor, 'read-profiles');
  const table = await findProfileTable(actor, { tableId });
  requireCustomerId(customerId);
  const stored = await readProfile(getPool(), {
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
    values: table.attributes.map(({ attributeId, name, datatype, format, type }) => ({
      attributeId,
      name,
      datatype,
      format,
      value: toText(type, stored?.values.get(attributeId) ?? null),
    })),
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

/** As people write it: PostgreSQL's own text, but for date-times. */
function toText(type: ValueType, value: string | null): string | null {
  return type === 'datetime' && value !== null ? formatDatetime(value) : value;
}

function requireCustomerId(customerId: string): void {
  const checked = checkCustomerId(customerId);
  if (!checked.ok)
    throw errors.invalidFields({ customerId: explainCustomerIdFault(checked.error) });
}
