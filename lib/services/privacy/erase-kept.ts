import { standsAlone } from '#lib/core/csv/customer-match.ts';
import { getDb } from '#lib/db/client.ts';
import { eraseCustomerRejects } from '#lib/ingest/customer-rejects.ts';
import type { WantedCustomers } from '#lib/ingest/find-customer-rows.ts';
import { uploadError } from '../../contracts/uploads.ts';
import { removeObject } from '../objects/remove-object.ts';
import { reportStep, type PrivacyJob } from './privacy-job.ts';
import type { SearchedTable } from './search-scope.ts';
import { wantedIn } from './wanted-customers.ts';
import { idsOf, messageOf } from './search-uploads.ts';
import type { Subject } from './subject.ts';

const erasedMessage = 'What this message quoted of the file was erased by a privacy request.';

/**
 * Removes the files in which the customer was found, whole. May be called again.
 *
 * @returns false when somebody had a file read in again meanwhile: the copy is noted, and is the next to go.
 */
export async function eraseFiles(job: PrivacyJob): Promise<boolean> {
  const found = await getDb().privacyFinding.findMany({
    where: { requestId: job.request.id, kind: 'file', rows: { gt: 0 } },
  });
  const known = new Set(found.map(({ reference }) => reference));
  let hasCopies = false;
  for (const [index, finding] of found.entries()) {
    await reportStep(job, 'removing', { filesDone: index, filesTotal: found.length });
    await removeObject(job.blobs, finding.reference, async (tx, { blobNames, sharing }) => {
      const copies = sharing.filter(({ id }) => !known.has(id));
      hasCopies ||= copies.length > 0;
      await tx.privacyFinding.createMany({
        data: [
          ...copies.map(({ id, uploadId }) => ({ ...finding, reference: id, uploadId })),
          // A worker that dies before the bytes are removed must not leave them to the nightly sweep.
          ...blobNames.map((name) => ({ ...finding, kind: 'blob', reference: name, fileName: '' })),
        ],
        skipDuplicates: true,
      });
    });
  }
  return !hasCopies;
}

/** Empties rejected rows, and messages that quote the customer's ID. May be called again. */
export async function eraseFromHistory(
  job: PrivacyJob,
  tables: readonly SearchedTable[],
  subject: Subject,
): Promise<void> {
  const found = await getDb().privacyFinding.findMany({
    where: { requestId: job.request.id, kind: { in: ['rejects', 'message'] }, rows: { gt: 0 } },
  });
  const ids = idsOf(subject).map((id) => Buffer.from(id));
  for (const { kind, tableId, uploadId } of found) {
    job.signal.throwIfAborted();
    const table = tables.find(({ id }) => id === tableId);
    const wanted = table && wantedIn(table, tables, subject);
    if (!wanted || uploadId === null) continue;
    if (kind === 'message') await eraseMessage(uploadId, ids);
    else await eraseRejects(job, { tableId, uploadId, wanted });
  }
  await removeReplacedBlobs(job);
}

/** What is replaced is noted first: a worker that dies must not leave it behind for the nightly sweep. */
async function eraseRejects(
  { request, blobs }: PrivacyJob,
  rejects: {
    readonly tableId: number;
    readonly uploadId: number;
    readonly wanted: WantedCustomers;
  },
): Promise<void> {
  const { tableId, uploadId, wanted } = rejects;
  await eraseCustomerRejects({ blobs, uploadId, wanted }, async (blobName) => {
    const key = { requestId: request.id, kind: 'blob', reference: blobName };
    await getDb().privacyFinding.createMany({
      data: [{ ...key, tableId, uploadId, fileName: '', rows: 1n }],
      skipDuplicates: true,
    });
  });
}

async function removeReplacedBlobs({ request, blobs }: PrivacyJob): Promise<void> {
  const replaced = await getDb().privacyFinding.findMany({
    where: { requestId: request.id, kind: 'blob' },
  });
  const names = replaced.map(({ reference }) => reference);
  const used = await getDb().rejectFile.findMany({ where: { blobName: { in: names } } });
  const needed = new Set(used.map(({ blobName }) => blobName));
  await blobs.remove(names.filter((name) => !needed.has(name)));
}

async function eraseMessage(uploadId: number, ids: readonly Buffer[]): Promise<void> {
  const upload = await getDb().upload.findUnique({ where: { id: uploadId } });
  const message = messageOf(upload?.error);
  if (message === null || !ids.some((id) => standsAlone(message, id))) return;
  const { code } = uploadError.parse(upload?.error);
  await getDb().upload.update({
    where: { id: uploadId },
    data: { error: { code, message: erasedMessage } },
  });
}
