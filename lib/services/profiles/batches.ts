import { z } from 'zod';
import { getPool, getRowPool } from '#lib/db/pool.ts';
import { readProfiles } from '#lib/store/read-profiles.ts';
import { writeProfile } from '#lib/store/write-profile.ts';
import { readBatchBody, writeBatchBody } from '../../contracts/profile-api.ts';
import { checkCustomerId } from '../../core/datatypes/customer-id.ts';
import { explainCustomerIdFault } from '../../core/datatypes/explain-fault.ts';
import { AppError, errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { requireRole, requireScope } from '../permissions.ts';
import type { CustomerProfile } from './profile-json.ts';
import { findProfileTable } from './find-profile-table.ts';
import { NameHints } from './name-hints.ts';
import type { ProfileTable } from './profile-table.ts';
import { readValues } from './read-values.ts';
import { refuseArchived, withWideRowsRefused } from './refuse-writes.ts';
import { requireCustomerId } from './require-customer-id.ts';

/** So many customers are written at once, and leave connections for others. */
const lanes = 6;

interface BatchReference {
  readonly serviceId: number;
  readonly tableId: number;
}

/** What became of one row of a batch: 201 or what a single write would have been answered with. */
export interface RowVerdict {
  readonly customerId: string | null;
  readonly error: AppError | null;
}

/**
 * Sets attributes of many customers. Each row is a write of its own: one that is at fault is refused and
 * the others are stored. Rows of one customer apply in their order.
 *
 * @param body `{"profiles": [{"customerId": "c1", "data": {...}}, ...]}`, from `parseJsonExact`
 * @returns a verdict for each row, in their order.
 */
export async function setCustomerProfiles(
  actor: Actor,
  reference: BatchReference,
  body: unknown,
): Promise<RowVerdict[]> {
  requireScope(actor, 'write-profiles');
  requireRole(actor, 'editor');
  const table = await findProfileTable(actor, reference);
  refuseArchived(table);
  const parsed = writeBatchBody.safeParse(body);
  if (!parsed.success) throw badBody(parsed.error, 'profiles');
  const rows = parsed.data.profiles;
  const verdicts: RowVerdict[] = rows.map((row) => ({ customerId: idOf(row), error: null }));
  const hints = new NameHints(table);
  const queues = [...Map.groupBy(rows.keys(), (index) => idOf(rows[index]) ?? '').values()];
  const work = async () => {
    for (let queue = queues.pop(); queue; queue = queues.pop()) {
      for (const index of queue) {
        const error = await writeRow(table, rows[index], hints);
        verdicts[index] = { customerId: idOf(rows[index]), error };
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return verdicts;
}

/** The rows of many customers by one call, in the order that was asked for; null for who has none. */
export async function getCustomerProfiles(
  actor: Actor,
  reference: BatchReference,
  body: unknown,
): Promise<{ readonly customerId: string; readonly profile: CustomerProfile | null }[]> {
  requireScope(actor, 'read-profiles');
  const table = await findProfileTable(actor, reference);
  const parsed = readBatchBody.safeParse(body);
  if (!parsed.success) throw badBody(parsed.error, 'customerIds');
  const { customerIds } = parsed.data;
  customerIds.forEach(requireCustomerId);
  const columns = table.attributes;
  const rows = await readProfiles(getPool(), { tableId: table.id, columns, customerIds });
  return customerIds.map((customerId) => {
    const values = rows.get(customerId);
    return { customerId, profile: values ? { table, customerId, values } : null };
  });
}

async function writeRow(
  table: ProfileTable,
  row: unknown,
  hints: NameHints,
): Promise<AppError | null> {
  try {
    const customerId = idOf(row);
    const checked = checkCustomerId(customerId ?? '');
    if (customerId === null || !checked.ok) {
      const fault = checked.ok ? 'missing-customer-id' : checked.error;
      throw errors.invalidFields({ customerId: explainCustomerIdFault(fault) });
    }
    const values = readValues(table, row, hints);
    await withWideRowsRefused(
      writeProfile(getRowPool(), { tableId: table.id, customerId, values }),
    );
    return null;
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return error;
    throw error;
  }
}

function idOf(row: unknown): string | null {
  const parsed = z.object({ customerId: z.string() }).safeParse(row);
  return parsed.success ? parsed.data.customerId : null;
}

function badBody(error: z.ZodError, field: 'profiles' | 'customerIds'): AppError {
  const [issue] = error.issues;
  const shape =
    field === 'profiles'
      ? 'Send {"profiles": [{"customerId": "<customer ID>", "data": {...}}, ...]}.'
      : 'Send {"customerIds": ["<customer ID>", ...]}.';
  return errors.invalidFields({ [field]: issue?.code === 'too_big' ? issue.message : shape });
}
