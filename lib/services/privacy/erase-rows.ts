import { getPool } from '#lib/db/pool.ts';
import { clearAliases } from '#lib/store/clear-aliases.ts';
import { deleteProfile } from '#lib/store/delete-profile.ts';
import type { SearchedTable } from './search-scope.ts';
import type { Subject } from './subject.ts';
import { unlessGone } from './unless-gone.ts';

/** Deletes the customer's rows, and the aliases to them that other rows hold. May be called again. */
export async function eraseRows(
  tables: readonly SearchedTable[],
  { rows }: Subject,
): Promise<void> {
  const pool = getPool();
  for (const { tableId, customerId } of rows) {
    const table = tables.find(({ id }) => id === tableId);
    if (!table) continue;
    await unlessGone(deleteProfile(pool, { tableId, customerId }), false);
    const hub = tables.find(
      ({ serviceId, isOptimizely }) => isOptimizely && serviceId === table.serviceId,
    );
    const alias = hub?.aliases.find((candidate) => candidate.tableId === tableId);
    if (!hub || !alias) continue;
    const column = { tableId: hub.id, attributeId: alias.attributeId };
    await unlessGone(clearAliases(pool, { ...column, customerId }), 0);
  }
}
