import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { readProfiles } from '#lib/store/read-profiles.ts';
import { readSubject, saveSubject, type PrivacyJob } from './privacy-job.ts';
import type { SearchedTable } from './search-scope.ts';
import { keyOf, mergeSubjects, resolveSubject, type Subject } from './subject.ts';
import { unlessGone } from './unless-gone.ts';

/**
 * Finds the customer's rows as they are now, and keeps what it finds with the request: once rows are erased nothing
 * else tells which other rows were the customer's.
 */
export async function searchRows(
  job: PrivacyJob,
  tables: readonly SearchedTable[],
): Promise<Subject> {
  const known = await readSubject(job);
  const merged = mergeSubjects(known, await resolveSubject(tables, job.identifier));
  const stored = await storedKeys(tables, merged);
  const rows = merged.rows.map((row) => ({
    ...row,
    found: row.found || stored.get(row.tableId)?.has(row.customerId) === true,
  }));
  const subject = { ...merged, rows };
  const keys = new Set(known?.rows.map(keyOf));
  if (known && rows.some((row) => !keys.has(keyOf(row)))) await forgetVainSearches(job);
  await saveSubject(job, subject);
  return subject;
}

/** What was searched without a find was not searched for the IDs that have come to be known since. */
async function forgetVainSearches({ request }: PrivacyJob): Promise<void> {
  await getDb().privacyFinding.deleteMany({ where: { requestId: request.id, rows: 0 } });
}

/** Customer IDs of the subject that have a row now, by table. */
export async function storedKeys(
  tables: readonly SearchedTable[],
  subject: Subject,
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const stored = new Map<number, ReadonlySet<string>>();
  for (const { id } of tables) {
    const ids = subject.rows.filter(({ tableId }) => tableId === id).map((row) => row.customerId);
    if (ids.length === 0) continue;
    const read = readProfiles(getPool(), { tableId: id, columns: [], customerIds: ids });
    stored.set(id, new Set((await unlessGone(read, new Map())).keys()));
  }
  return stored;
}
