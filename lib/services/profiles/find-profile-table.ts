import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { currentFacts, type Facts } from '../facts/facts.ts';
import type { KnownTable } from '../facts/known-table.ts';
import { visibleServices } from '../visible-services.ts';
import type { ProfileTable } from './profile-table.ts';

export interface TableReference {
  /** Left out by the dashboard, where a table's id says it all. */
  readonly serviceId?: number;
  readonly tableId: number;
}

/**
 * The table with its attributes, when it is in the actor's account and in the service that was named.
 *
 * @param facts left out where the caller does not check them itself.
 */
export async function findProfileTable(
  actor: Actor,
  { serviceId, tableId }: TableReference,
  facts?: Facts,
): Promise<ProfileTable> {
  const found = await (facts ?? (await currentFacts())).table(tableId);
  if (!found || !isVisible(actor, found)) throw errors.notFound('table', tableId);
  const { table } = found;
  if (serviceId !== undefined && serviceId !== table.serviceId) {
    throw errors.notFound('table', tableId);
  }
  return table;
}

function isVisible(actor: Actor, { accountId, table }: KnownTable): boolean {
  const visible = visibleServices(actor);
  return (
    accountId === visible.accountId && (visible.id === undefined || visible.id === table.serviceId)
  );
}
