import { bindConditions } from '#lib/core/audience/bind-conditions.ts';
import { evaluate } from '#lib/core/audience/evaluate.ts';
import { parseConditionsText } from '#lib/core/audience/parse-conditions.ts';
import { serialiseConditions } from '#lib/core/audience/serialise-conditions.ts';
import {
  catalogOf,
  hubTableId,
  worldAttributes,
  type World,
} from '#lib/core/audience/testing/arbitrary-world.ts';
import { profilesOf } from '#lib/core/audience/testing/profiles-of.ts';
import { getPool } from '#lib/db/pool.ts';
import { ensureAliasColumn } from '../alias-columns.ts';
import { compileMembers } from '../audience/compile-members.ts';
import type { ProfileSpace } from '../audience/profile-space.ts';
import { tableName } from '../names.ts';
import { ensureTable } from '../physical-tables.ts';
import { prepareStore } from '../prepare.ts';
import { writeProfile } from '../write-profile.ts';

const tableIds = [...new Set(worldAttributes.map((attribute) => attribute.tableId))];

/** The built-in table's columns for aliases to the other tables. */
const aliasColumns = tableIds
  .filter((tableId) => tableId !== hubTableId)
  .map((tableId) => ({ tableId, aliasAttributeId: 900 + tableId }));

/** Creates the tables of all worlds, empty. */
export async function prepareWorlds(): Promise<void> {
  const pool = getPool();
  await prepareStore(pool);
  for (const tableId of tableIds) {
    const columns = worldAttributes
      .filter((attribute) => attribute.tableId === tableId)
      .map(({ id, type }) => ({ attributeId: id, type }));
    await ensureTable(pool, tableId, columns);
  }
  for (const { aliasAttributeId } of aliasColumns) {
    await ensureAliasColumn(pool, { tableId: hubTableId, attributeId: aliasAttributeId });
  }
}

/** Where the two ways of asking differ. */
export interface Disagreement {
  readonly conditions: string;
  readonly evaluated: readonly string[];
  readonly selected: readonly string[];
}

/** Loads a world and asks each of its trees both ways. Gives the first on which they differ, `null` if none. */
export async function findDisagreement(world: World): Promise<Disagreement | null> {
  await loadWorld(world);
  const profiles = profilesOf(world);
  const catalog = catalogOf(world);
  const space = spaceOf(world);
  for (const tree of world.conditions) {
    const conditions = serialiseConditions(tree);
    const parsed = parseConditionsText(conditions);
    if (!parsed.ok) throw new Error(`Not parsed: ${JSON.stringify(parsed.error)} in ${conditions}`);
    const { condition } = bindConditions(parsed.value, { catalog });
    const evaluated = profiles
      .filter(({ values }) => evaluate(condition, { values, now: world.now }) === true)
      .map(({ tableId, customerId }) => `${tableId} ${customerId}`)
      .sort();
    const statement = compileMembers(condition, { space, now: world.now });
    const { rows } = await getPool().query<Member>(statement);
    const selected = rows.map((row) => `${row.table_id} ${row.customer_id}`).sort();
    if (evaluated.join() !== selected.join()) return { conditions, evaluated, selected };
  }
  return null;
}

/** As the service would know it: tables that nobody is aliased to are said to be such. */
export function spaceOf(world: World): ProfileSpace {
  const tables = aliasColumns
    .filter(({ tableId }) => world.tableIds.includes(tableId))
    .map(({ tableId, aliasAttributeId }) => {
      const isAliased = world.aliases.some((alias) => alias.tableId === tableId);
      return { tableId, aliasAttributeId: isAliased ? aliasAttributeId : null };
    });
  return { hubTableId, tables };
}

type Member = { readonly table_id: number; readonly customer_id: string };

/** Stores the rows and aliases of a world in place of the one before. */
export async function loadWorld(world: World): Promise<void> {
  const pool = getPool();
  const deletes = tableIds.map((tableId) => `DELETE FROM ${tableName(tableId)};`);
  await pool.query(`${deletes.join('')} DELETE FROM profiles.row_count_delta`);
  for (const { tableId, customerId, values } of world.rows) {
    const stored = [...values].flatMap(([attributeId, value]) => {
      const attribute = world.attributes.find(({ id }) => id === attributeId);
      return attribute ? [{ attributeId, type: attribute.type, value }] : [];
    });
    await writeProfile(pool, { tableId, customerId, values: stored });
  }
  for (const { userId, tableId, customerId } of world.aliases) {
    const column = aliasColumns.find((alias) => alias.tableId === tableId);
    if (!column) throw new Error(`Table ${tableId} has no aliases.`);
    const alias = {
      attributeId: column.aliasAttributeId,
      type: 'string',
      value: customerId,
    } as const;
    await writeProfile(pool, { tableId: hubTableId, customerId: userId, values: [alias] });
  }
}
