import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { getDb } from '#lib/db/client.ts';
import { visibleServices } from '../visible-services.ts';
import { findProfileTable } from '../profiles/find-profile-table.ts';
import type { ProfileTable } from '../profiles/profile-table.ts';

interface AliasTableReference {
  readonly serviceId: number;
  /** Left out by the older form of the address, which names the service alone. */
  readonly tableId?: number;
}

/**
 * The built-in table of a service, where aliases meet.
 *
 * @throws `not-found`, `invalid` when another table of the service was named
 */
export async function findAliasTable(
  actor: Actor,
  { serviceId, tableId }: AliasTableReference,
): Promise<ProfileTable> {
  const id = tableId ?? (await findBuiltIn(actor, serviceId));
  const table = await findProfileTable(actor, { serviceId, tableId: id });
  if (table.isOptimizely) return table;
  const builtIn = await findBuiltIn(actor, serviceId);
  throw errors.invalid(
    `Aliases belong to Optimizely user IDs. Name the service's Optimizely table, which is ${builtIn}.`,
  );
}

async function findBuiltIn(actor: Actor, serviceId: number): Promise<number> {
  const table = await getDb().table.findFirst({
    where: { serviceId, isOptimizely: true, service: visibleServices(actor) },
    select: { id: true },
  });
  if (!table) throw errors.notFound('service', serviceId);
  return table.id;
}
