import { countProfiles } from '#lib/store/audience/count-profiles.ts';
import type { ProfileSpace } from '#lib/store/audience/profile-space.ts';
import { readActivity } from '#lib/store/insight/table-activity.ts';
import type { Connection, Pool } from '#lib/store/pool.ts';
import { countRows } from '#lib/store/row-counts.ts';

export interface RecalledTotal {
  /** What it was counted of. */
  readonly facts: string;
  /** `null` while it is not known. */
  readonly total: number | null;
}

const mostRemembered = 100;

/** By built-in table. How many profiles there are altogether is a join of whole tables, and changes with loads only. */
const remembered = new Map<number, RecalledTotal>();

/**
 * The total as it was last counted, unless rows were written since; a second or two may pass until that is noticed. To be asked for
 * before the transaction that counts: a total that is newer than its facts is only counted again, an older one would stay.
 */
export async function recallTotal(
  connection: Connection | Pool,
  space: ProfileSpace,
): Promise<RecalledTotal> {
  const facts = await factsOf(connection, space);
  const known = remembered.get(space.hubTableId);
  return known?.facts === facts ? known : { facts, total: null };
}

/** Profiles altogether. */
export async function totalProfiles(
  connection: Connection,
  space: ProfileSpace,
  { facts, total: known }: RecalledTotal,
): Promise<number> {
  if (known !== null) return known;
  const total = await countProfiles(connection, space);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(space.hubTableId, { facts, total });
  return total;
}

/** The total if it needs no counting, else `null`. */
export async function knownTotal(
  connection: Connection,
  space: ProfileSpace,
  { total }: RecalledTotal,
): Promise<number | null> {
  const isJoined = space.tables.some(({ aliasAttributeId }) => aliasAttributeId !== null);
  return isJoined ? total : countProfiles(connection, space);
}

async function factsOf(connection: Connection | Pool, space: ProfileSpace): Promise<string> {
  const tableIds = [space.hubTableId, ...space.tables.map(({ tableId }) => tableId)];
  const rows = await countRows(connection, tableIds);
  const activity = await readActivity(connection, tableIds);
  return JSON.stringify([space, [...rows], [...activity.values()].map(String)]);
}
