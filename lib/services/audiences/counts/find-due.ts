import { getPool } from '#lib/db/pool.ts';
import { readActivity } from '#lib/store/insight/table-activity.ts';
import { tablesUnderLoad } from '../../uploads/tables-under-load.ts';
import { readStandings, type Standing } from './read-standings.ts';

export interface DueAudience extends Standing {
  /** Somebody waits for it, or it waited long enough: loads do not keep it waiting any more. */
  readonly isUrgent: boolean;
}

const minute = 60_000;

/** A count waits so long for the loads of its tables to end: the next file would make it old at once. */
const longestWait = 10 * minute;
/** Single writes move an audience's history at most so often. */
const pauseBetweenWrites = 15 * minute;
/** Rules about "the last 7 days" change their answer by themselves. */
const longestAge = 24 * 60 * minute;

/** Audiences that are to be counted now. */
export async function findDueAudiences(): Promise<DueAudience[]> {
  const standings = await readStandings();
  const tableIds = [...new Set(standings.flatMap((standing) => standing.tableIds))];
  const [activity, busy] = await Promise.all([
    readActivity(getPool(), tableIds),
    tablesUnderLoad(),
  ]);
  return standings.flatMap((standing) => {
    const age = standing.countedAt === null ? Infinity : Date.now() - standing.countedAt.getTime();
    const isWritten = standing.activity !== sumOf(activity, standing.tableIds);
    const isDue =
      standing.isEdited ||
      standing.isLoaded ||
      (isWritten && age > pauseBetweenWrites) ||
      age > longestAge;
    const isUrgent = standing.isEdited || age > longestWait;
    const isBusy = standing.tableIds.some((tableId) => busy.has(tableId));
    return isDue && (isUrgent || !isBusy) ? [{ ...standing, isUrgent }] : [];
  });
}

/** How often rows of some tables were seen to change. */
export function sumOf(activity: ReadonlyMap<number, bigint>, tableIds: readonly number[]): bigint {
  return tableIds.reduce((sum, tableId) => sum + (activity.get(tableId) ?? 0n), 0n);
}
