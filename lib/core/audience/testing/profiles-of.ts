import { typedValue, type TypedValue } from '../typed-value.ts';
import { hubTableId, type World, type WorldRow } from './arbitrary-world.ts';

export interface WorldProfile {
  readonly tableId: number;
  readonly customerId: string;
  readonly values: ReadonlyMap<number, TypedValue>;
}

/**
 * The profiles of a world, by the definition: a user, who has a row or an alias, with the rows aliased to them; and
 * every row that no user is aliased to.
 */
export function profilesOf(world: World): WorldProfile[] {
  const rowOf = (tableId: number, customerId: string) =>
    world.rows.find((row) => row.tableId === tableId && row.customerId === customerId);
  const userIds = new Set([
    ...world.rows.filter((row) => row.tableId === hubTableId).map((row) => row.customerId),
    ...world.aliases.map((alias) => alias.userId),
  ]);
  const users = [...userIds].map((userId) => {
    const aliased = world.aliases.filter((alias) => alias.userId === userId);
    const rows = [
      rowOf(hubTableId, userId),
      ...aliased.map((alias) => rowOf(alias.tableId, alias.customerId)),
    ];
    return { tableId: hubTableId, customerId: userId, values: valuesOf(world, rows) };
  });
  const others = world.rows
    .filter((row) => row.tableId !== hubTableId)
    .filter(
      (row) =>
        !world.aliases.some(
          (alias) => alias.tableId === row.tableId && alias.customerId === row.customerId,
        ),
    )
    .map((row) => ({
      tableId: row.tableId,
      customerId: row.customerId,
      values: valuesOf(world, [row]),
    }));
  return [...users, ...others];
}

function valuesOf(
  world: World,
  rows: readonly (WorldRow | undefined)[],
): ReadonlyMap<number, TypedValue> {
  const values = new Map<number, TypedValue>();
  for (const row of rows) {
    for (const [attributeId, text] of row?.values ?? []) {
      const attribute = world.attributes.find(({ id }) => id === attributeId);
      if (attribute) values.set(attributeId, typedValue(attribute.type, text));
    }
  }
  return values;
}
