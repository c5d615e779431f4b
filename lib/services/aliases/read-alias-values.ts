import { getDb } from '#lib/db/client.ts';
import type { StoredValue } from '#lib/store/write-profile.ts';
import { setAliasesBody } from '../../contracts/profile-api.ts';
import { checkCustomerId } from '../../core/datatypes/customer-id.ts';
import { explainCustomerIdFault } from '../../core/datatypes/explain-fault.ts';
import type { ProfileTable } from '../profiles/profile-table.ts';
import { WriteFaults } from '../profiles/write-faults.ts';

/**
 * Reads the `data` of an alias write: `{"<table id>": "<customer ID>"}`, where `null` removes an alias.
 * One fault fails the whole write, and the faults are named, a hundred at most.
 *
 * @throws `invalid-fields` (400)
 */
export async function readAliasValues(table: ProfileTable, body: unknown): Promise<StoredValue[]> {
  const faults = new WriteFaults();
  const parsed = setAliasesBody.safeParse(body);
  if (!parsed.success) {
    faults.add('data', () => 'Send {"data": {"<datasource id>": "<customer ID>", ...}}.');
    faults.refuse();
    return [];
  }
  const archived = await findArchivedTables(table);
  const values: StoredValue[] = [];
  const byKey = new Map(table.aliases.map((alias) => [String(alias.tableId), alias]));
  for (const [key, value] of Object.entries(parsed.data.data)) {
    const alias = byKey.get(key);
    const fault = alias ? faultOf(value, archived.has(alias.tableId)) : unknownTable(table, key);
    if (fault !== null) faults.add(key, () => fault);
    else if (alias) {
      values.push({
        attributeId: alias.attributeId,
        type: 'string',
        value: typeof value === 'string' ? value : null,
      });
    }
  }
  faults.refuse();
  return values;
}

async function findArchivedTables({ aliases }: ProfileTable): Promise<ReadonlySet<number>> {
  const archived = await getDb().table.findMany({
    where: { id: { in: aliases.map(({ tableId }) => tableId) }, archived: true },
    select: { id: true },
  });
  return new Set(archived.map(({ id }) => id));
}

function faultOf(value: unknown, isArchived: boolean): string | null {
  if (value === null) return null;
  if (typeof value !== 'string') return 'A customer ID is a text; null removes the alias.';
  if (isArchived) return 'The table is archived. Restore it to alias to it.';
  const checked = checkCustomerId(value);
  return checked.ok ? null : explainCustomerIdFault(checked.error);
}

function unknownTable(table: ProfileTable, key: string): string {
  return key === String(table.id)
    ? 'An Optimizely user is not an alias of an Optimizely user.'
    : 'The service has no such table.';
}
