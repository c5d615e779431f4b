import { countProfiles } from '#lib/store/audience/count-profiles.ts';
import type { ProfileSpace } from '#lib/store/audience/profile-space.ts';
import { readActivity } from '#lib/store/insight/table-activity.ts';
import type { Connection } from '#lib/store/pool.ts';
import { countRows } from '#lib/store/row-counts.ts';

interface RememberedTotal {
  /** What it was counted of. */
  readonly facts: string;
  readonly total: number;
}

const mostRemembered = 100;

/** By built-in table. How many profiles there are altogether is a join of whole tables, and changes with loads only. */
const remembered = new Map<number, RememberedTotal>();

/** Profiles altogether, counted again only when rows were written since. A second or two may pass until that is noticed. */
export async function totalProfiles(connection: Connection, space: ProfileSpace): Promise<number> {
  const facts = await factsOf(connection, space);
  const known = remembered.get(space.hubTableId);
  if (known?.facts === facts) return known.total;
  const total = await countProfiles(connection, space);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(space.hubTableId, { facts, total });
  return total;
}

/** The total if it needs no counting, else `null`. */
export async function knownTotal(
  connection: Connection,
  space: ProfileSpace,
): Promise<number | null> {
  const isJoined = space.tables.some(({ aliasAttributeId }) => aliasAttributeId !== null);
  if (!isJoined) return countProfiles(connection, space);
  const known = remembered.get(space.hubTableId);
  return known?.facts === (await factsOf(connection, space)) ? known.total : null;
}

async function factsOf(connection: Connection, space: ProfileSpace): Promise<string> {
  const tableIds = [space.hubTableId, ...space.tables.map(({ tableId }) => tableId)];
  const rows = await countRows(connection, tableIds);
  const activity = await readActivity(connection, tableIds);
  return JSON.stringify([space, [...rows], [...activity.values()].map(String)]);
}
