import type { DbTransaction } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { hasAliases } from '#lib/store/alias-columns.ts';
import type { ProfileSpace } from '#lib/store/audience/profile-space.ts';

/**
 * The profiles that audiences of a service choose from. A table to which nobody is aliased now is said to be one, so that
 * no query joins for nothing.
 */
export async function loadProfileSpace(
  db: DbTransaction,
  serviceId: number,
): Promise<ProfileSpace> {
  const tables = await db.table.findMany({
    where: { serviceId, OR: [{ archived: false }, { isOptimizely: true }] },
    select: { id: true, isOptimizely: true, aliasAttribute: { select: { id: true } } },
    orderBy: { id: 'asc' },
  });
  const hub = tables.find(({ isOptimizely }) => isOptimizely);
  if (!hub) throw new Error(`The service ${serviceId} has no Optimizely table.`);
  const others = await Promise.all(
    tables
      .filter((table) => table !== hub)
      .map(async ({ id, aliasAttribute }) => {
        const column = aliasAttribute && { tableId: hub.id, attributeId: aliasAttribute.id };
        const isAliased = column !== null && (await hasAliases(getPool(), column));
        return { tableId: id, aliasAttributeId: isAliased ? column.attributeId : null };
      }),
  );
  return { hubTableId: hub.id, tables: others };
}
