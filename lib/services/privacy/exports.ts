import type { BlobStore } from '#lib/blob/blob-store.ts';
import { getDb } from '#lib/db/client.ts';
import { Prisma, type PrivacyRequest } from '#lib/db/generated/client.ts';
import { recordChange } from '../audit.ts';
import type { Actor } from '../actor.ts';
import { getBlobStore } from '../blob-store.ts';
import { errors } from '../../core/errors.ts';
import { inTransaction } from '../transaction.ts';
import { changeOf, ended, forgotten } from './audit-of-request.ts';
import { openText } from './identifier.ts';
import { openRequestStates, type PrivacyJob } from './privacy-job.ts';
import { parseSeal, readSealed } from './sealed-blob.ts';
import { keyOf, parseSubject, type Subject } from './subject.ts';
import { requirePrivacyRequest, requirePrivacyWriter } from './visible-request.ts';

export interface ExportFile {
  readonly fileName: string;
  readonly body: AsyncIterable<Buffer<ArrayBuffer>>;
}

/** The zip file of an export, while it is kept. @throws `not-found`, `conflict` */
export async function downloadExport(actor: Actor, requestId: number): Promise<ExportFile> {
  requirePrivacyWriter(actor, 'access');
  const request = await requirePrivacyRequest(actor, requestId);
  const { resultBlob, resultSeal, resultExpiresAt } = request;
  if (resultBlob === null || resultExpiresAt === null || resultExpiresAt <= new Date()) {
    throw errors.conflict('There is no export to download: it is not ready, or its time is over.');
  }
  const blobs = await getBlobStore();
  await inTransaction((tx) => recordChange(tx, actor, changeOf(request, 'downloaded')));
  return {
    fileName: `privacy-request-${requestId}.zip`,
    body: readSealed(blobs, resultBlob, parseSeal(resultSeal)),
  };
}

/** An export of what is erased must not outlive it, nor be finished after it. */
export async function removeEarlierExports(job: PrivacyJob, subject: Subject): Promise<void> {
  const { id, accountId } = job.request;
  const keys = new Set(subject.rows.map(keyOf));
  const exports = await getDb().privacyRequest.findMany({
    where: { accountId, kind: 'access', NOT: { id }, subjectEncrypted: { not: null } },
  });
  for (const request of exports) {
    const rows = parseSubject(openText(request.id, request.subjectEncrypted ?? '')).rows;
    if (!rows.some((row) => keys.has(keyOf(row)))) continue;
    if (openRequestStates.some((state) => state === request.state)) await breakOff(request);
    await forgetExport(job.blobs, request);
  }
}

/** Seven days, as Optimizely's links live; a failed request can be tried again for as long. */
export const resultLifetime = 7 * 24 * 3_600_000;

async function breakOff({ id }: PrivacyRequest): Promise<void> {
  const message = 'The customer was erased while the export was being made. Ask again.';
  await getDb().privacyRequest.updateMany({
    where: { id, state: { in: [...openRequestStates] } },
    data: {
      state: 'failed',
      finishedAt: new Date(),
      ...ended,
      error: { code: 'erased-meanwhile', message },
    },
  });
}

/** The row first: without its seal nobody can read the blob, which is swept away if it is left. */
export async function forgetExport(
  blobs: BlobStore,
  { id, resultBlob }: PrivacyRequest,
): Promise<void> {
  await getDb().privacyRequest.update({
    where: { id },
    data: { ...forgotten, resultBlob: null, resultSeal: Prisma.DbNull },
  });
  await getDb().privacyFinding.deleteMany({ where: { requestId: id } });
  if (resultBlob !== null) await blobs.remove([resultBlob]);
}
