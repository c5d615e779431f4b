import { getRowPool } from '#lib/db/pool.ts';
import { readProfile } from '#lib/store/read-profile.ts';
import { typedValue, type TypedValue } from '../../../core/audience/typed-value.ts';
import { formatValue } from '../../../core/datatypes/format-value.ts';
import type { Actor } from '../../actor.ts';
import { aliasColumns, toAliases } from '../../aliases/aliases.ts';
import { findProfileTable } from '../../profiles/find-profile-table.ts';
import type { ProfileTable } from '../../profiles/profile-table.ts';

export interface ProfileReference {
  readonly table: ProfileTable;
  readonly customerId: string;
}

interface ReadOptions extends ProfileReference {
  /** The built-in table. */
  readonly hub: ProfileTable;
  /** Tables that matter; others are not read. */
  readonly used: ReadonlySet<number>;
}

/** A profile's values by attribute id: typed, and as people write them. */
export interface ProfileValues {
  readonly values: Map<number, TypedValue>;
  readonly texts: Map<number, string>;
}

/** What is known of a user with the rows they are aliased to, or of a row that is a profile by itself; `null` without a row. */
export async function readProfileValues(
  actor: Actor,
  { table, customerId, hub, used }: ReadOptions,
): Promise<ProfileValues | null> {
  const isUser = table.id === hub.id;
  const columns = isUser ? [...table.attributes, ...aliasColumns(hub)] : table.attributes;
  const own = await readProfile(getRowPool(), { tableId: table.id, columns, customerId });
  if (!own) return null;
  const found: ProfileValues = { values: new Map(), texts: new Map() };
  collect(found, table, own.values);
  if (!isUser) return found;
  for (const [tableId, aliasedId] of toAliases(hub, own.values)) {
    if (!used.has(tableId)) continue;
    const other = await findProfileTable(actor, { tableId });
    const options = { tableId, columns: other.attributes, customerId: aliasedId };
    const row = await readProfile(getRowPool(), options);
    if (row) collect(found, other, row.values);
  }
  return found;
}

function collect(
  { values, texts }: ProfileValues,
  { attributes }: ProfileTable,
  stored: ReadonlyMap<number, string | null>,
): void {
  for (const { attributeId, type } of attributes) {
    const text = stored.get(attributeId) ?? null;
    if (text === null) continue;
    values.set(attributeId, typedValue(type, text));
    texts.set(attributeId, formatValue(type, text));
  }
}
