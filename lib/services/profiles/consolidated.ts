import { getRowPool } from '#lib/db/pool.ts';
import { readProfile } from '#lib/store/read-profile.ts';
import type { Actor } from '../actor.ts';
import { findAliasTable } from '../aliases/alias-table.ts';
import { aliasColumns, toAliases } from '../aliases/aliases.ts';
import { currentFacts } from '../facts/facts.ts';
import { requireScope } from '../permissions.ts';
import type { CustomerProfile } from './profile-json.ts';
import type { ProfileTable } from './profile-table.ts';
import { requireCustomerId } from './require-customer-id.ts';

interface ConsolidatedReference {
  readonly serviceId: number;
  /** Left out by the older form of the address. */
  readonly tableId?: number;
  readonly customerId: string;
}

/**
 * All that is known of an Optimizely user: their own row first, then a row of each table that they are
 * aliased to and that has one, in the order of the tables. Nobody known is an empty list.
 */
export async function getConsolidatedProfile(
  actor: Actor,
  { customerId, ...reference }: ConsolidatedReference,
): Promise<CustomerProfile[]> {
  requireScope(actor, 'read-profiles');
  const builtIn = await findAliasTable(actor, reference);
  requireCustomerId(customerId);
  const columns = [...builtIn.attributes, ...aliasColumns(builtIn)];
  const own = await readProfile(getRowPool(), { tableId: builtIn.id, columns, customerId });
  if (!own) return [];
  const aliases = toAliases(builtIn, own.values);
  const tables = await findTables([...aliases.keys()]);
  const others = await Promise.all(
    tables.map((table) => readRow(table, aliases.get(table.id) ?? '')),
  );
  return [
    { table: builtIn, customerId, values: own.values },
    ...others.filter((row) => row !== null),
  ];
}

async function findTables(tableIds: readonly number[]): Promise<ProfileTable[]> {
  if (tableIds.length === 0) return [];
  const facts = await currentFacts();
  const found = await Promise.all(tableIds.map((id) => facts.table(id)));
  return found
    .flatMap((known) => (known ? [known.table] : []))
    .toSorted((left, right) => left.id - right.id);
}

async function readRow(table: ProfileTable, customerId: string): Promise<CustomerProfile | null> {
  const columns = table.attributes;
  const row = await readProfile(getRowPool(), { tableId: table.id, columns, customerId });
  return row && { table, customerId, values: row.values };
}
