import type { DbTransaction } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { hasAliases } from '#lib/store/alias-columns.ts';
import type { ProfileSpace } from '#lib/store/audience/profile-space.ts';

/** The profiles that audiences of a service choose from, whoever is or will be aliased to whom. */
export async function loadDeclaredSpace(
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
  return {
    hubTableId: hub.id,
    tables: tables
      .filter((table) => table !== hub)
      .map(({ id, aliasAttribute }) => ({
        tableId: id,
        aliasAttributeId: aliasAttribute?.id ?? null,
      })),
  };
}

/**
 * The same for one query: a table to which nobody is aliased now is said to be one, so that nothing is joined for nothing.
 */
export async function loadProfileSpace(
  db: DbTransaction,
  serviceId: number,
): Promise<ProfileSpace> {
  const { hubTableId, tables } = await loadDeclaredSpace(db, serviceId);
  const known = await Promise.all(
    tables.map(async ({ tableId, aliasAttributeId }) => {
      if (aliasAttributeId === null) return { tableId, aliasAttributeId };
      const column = { tableId: hubTableId, attributeId: aliasAttributeId };
      return {
        tableId,
        aliasAttributeId: (await hasAliases(getPool(), column)) ? aliasAttributeId : null,
      };
    }),
  );
  return { hubTableId, tables: known };
}
