import { getDb } from '#lib/db/client.ts';
import { openStates } from '#lib/store/upload-claim.ts';
import type { PrivacyProgress } from '../../contracts/privacy-requests.ts';
import { eraseFiles, eraseFromHistory } from './erase-kept.ts';
import { eraseRows } from './erase-rows.ts';
import { removeEarlierExports } from './exports.ts';
import { finishJob } from './finish-job.ts';
import { reportStep, updateJob, type PrivacyJob } from './privacy-job.ts';
import { searchFiles } from './search-files.ts';
import { searchRows, storedKeys } from './search-rows.ts';
import { readScope, type SearchedTable } from './search-scope.ts';
import { searchUploads } from './search-uploads.ts';
import type { Subject } from './subject.ts';
import { takeStock } from './take-stock.ts';

/** Uploads that are named while they are waited for. */
const mostListed = 10;

/**
 * Erases what is held about a customer. Every step may be done again, and what is found is noted before it is
 * erased: a worker that takes over begins at the top, and knows what the one before it knew.
 *
 * @returns `waiting` while uploads that came before the request, and that name the customer, are still to be loaded.
 */
export async function erase(job: PrivacyJob): Promise<'completed' | 'waiting'> {
  const until = job.request.confirmedAt ?? job.request.createdAt;
  await reportStep(job, 'rows');
  const tables = await readScope(job.request);
  // Asked before rows are erased: an upload that ends later may have brought them back.
  const openBefore = await listOpenUploads(tables);
  const subject = await searchRows(job, tables);
  await eraseRows(tables, subject);

  await searchFiles(job, { tables, subject, until });
  await searchUploads(job, { tables, subject });
  await updateJob(job, { findings: await takeStock(job, tables, subject) });
  const waitingFor = await listWaiting(job, tables, openBefore);
  if (waitingFor.length > 0) {
    await reportStep(job, 'waiting', { waitingFor: waitingFor.slice(0, mostListed) });
    return 'waiting';
  }

  await eraseFromHistory(job, tables, subject);
  if (!(await eraseFiles(job))) return 'waiting';
  await removeEarlierExports(job, subject);
  await forgetInsights(subject);
  const findings = await takeStock(job, tables, subject);
  const again = [...(await storedKeys(tables, subject)).values()];
  const rowsWrittenAgain = again.reduce((total, { size }) => total + size, 0);
  await finishJob(job, { findings: { ...findings, rowsWrittenAgain } });
  return 'completed';
}

/** What attributes' values look like is kept with examples of them; it is read anew when somebody looks. */
async function forgetInsights({ rows }: Subject): Promise<void> {
  const tableIds = rows.filter(({ found }) => found).map(({ tableId }) => tableId);
  const attributes = await getDb().attribute.findMany({
    where: { tableId: { in: tableIds } },
    select: { id: true },
  });
  await getDb().attributeInsight.deleteMany({
    where: { attributeId: { in: attributes.map(({ id }) => id) } },
  });
}

async function listOpenUploads(tables: readonly SearchedTable[]): Promise<ReadonlySet<number>> {
  const open = await getDb().upload.findMany({
    where: { tableId: { in: tables.map(({ id }) => id) }, state: { in: [...openStates] } },
    select: { id: true },
  });
  return new Set(open.map(({ id }) => id));
}

/** Uploads whose file names the customer and that were not loaded to their end before the rows were erased. */
async function listWaiting(
  { request }: PrivacyJob,
  tables: readonly SearchedTable[],
  openBefore: ReadonlySet<number>,
): Promise<PrivacyProgress['waitingFor']> {
  const open = new Set([...openBefore, ...(await listOpenUploads(tables))]);
  const found = await getDb().privacyFinding.findMany({
    where: { requestId: request.id, kind: 'file', rows: { gt: 0 }, uploadId: { in: [...open] } },
    orderBy: { uploadId: 'asc' },
  });
  return found.flatMap(({ uploadId, fileName }) =>
    uploadId === null ? [] : [{ uploadId, fileName }],
  );
}
