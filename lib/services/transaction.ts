import { getDb, type DbTransaction } from '#lib/db/client.ts';

/** Runs `work` in one transaction; a throw undoes everything, audit entries included. */
export function inTransaction<Result>(
  work: (tx: DbTransaction) => Promise<Result>,
): Promise<Result> {
  // Patient enough for the creation of a partitioned table while a big load runs.
  return getDb().$transaction(work, { maxWait: 10_000, timeout: 60_000 });
}
