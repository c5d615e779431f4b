import type { BlobStore } from '#lib/blob/blob-store.ts';
import { getDb } from '#lib/db/client.ts';
import { Prisma, type PrivacyRequest } from '#lib/db/generated/client.ts';
import { isUnreachable } from '#lib/store/postgres-error.ts';
import { systemActor } from '../actor.ts';
import { recordChange } from '../audit.ts';
import { inTransaction } from '../transaction.ts';
import { changeOf, ended } from './audit-of-request.ts';
import { erase } from './erase.ts';
import { PrivacyFailure, RequestEndedError } from './privacy-failure.ts';
import { identifierOf, openRequestStates, updateJob, type PrivacyJob } from './privacy-job.ts';
import { search, writeExport } from './write-export.ts';

/** Mishaps in a row after which a request is given up until somebody tries it again. */
const mostFailures = 5;

/** What became of a request: nothing more to do now, or to be looked at again. */
export type RequestOutcome = 'ended' | 'waiting';

/** Requests that have work before them, the oldest first. */
export async function listOpenRequests(): Promise<number[]> {
  const open = await getDb().privacyRequest.findMany({
    where: { state: { in: [...openRequestStates] } },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  return open.map(({ id }) => id);
}

/**
 * Carries a request out as far as it goes now. The caller sees to it that nobody else is at it.
 *
 * @throws whatever may pass, such as a database that is away; the request is as it was.
 */
export async function runPrivacyRequest(
  blobs: BlobStore,
  requestId: number,
  signal: AbortSignal,
): Promise<RequestOutcome> {
  const request = await getDb().privacyRequest.findUnique({ where: { id: requestId } });
  if (!request || !openRequestStates.some((state) => state === request.state)) return 'ended';
  try {
    const job = { request, identifier: identifierOf(request), blobs, signal };
    const outcome = await carryOut(job);
    if (request.failures > 0 && outcome === 'waiting') await updateJob(job, { failures: 0 });
    return outcome;
  } catch (error) {
    if (error instanceof RequestEndedError) return 'ended';
    if (error instanceof PrivacyFailure) {
      await fail(request, error.report);
      return 'ended';
    }
    if (signal.aborted || isUnreachable(error)) throw error;
    await noteMishap(request);
    throw error;
  }
}

async function carryOut(job: PrivacyJob): Promise<RequestOutcome> {
  const { request } = job;
  const isPreview = request.needsConfirmation && request.confirmedAt === null;
  const isErasure = request.kind === 'delete' && !isPreview;
  await updateJob(job, {
    state: isErasure ? 'erasing' : 'searching',
    startedAt: request.startedAt ?? new Date(),
  });
  if (isErasure) return (await erase(job)) === 'waiting' ? 'waiting' : 'ended';
  if (request.kind === 'access') {
    await writeExport(job);
    return 'ended';
  }
  await search(job);
  await updateJob(job, { state: 'awaiting_confirmation', ...ended });
  return 'ended';
}

async function noteMishap(request: PrivacyRequest): Promise<void> {
  const failures = request.failures + 1;
  if (failures < mostFailures) {
    await getDb().privacyRequest.updateMany({ where: { id: request.id }, data: { failures } });
    return;
  }
  await fail(request, {
    code: 'repeated-mishap',
    message: `The request went wrong ${mostFailures} times in a row. The log of the worker tells what happened; try again once that is mended.`,
  });
}

async function fail(
  request: PrivacyRequest,
  error: { readonly code: string; readonly message: string },
): Promise<void> {
  await inTransaction(async (tx) => {
    const { count } = await tx.privacyRequest.updateMany({
      where: { id: request.id, state: { in: [...openRequestStates] } },
      data: {
        state: 'failed',
        error,
        finishedAt: new Date(),
        progress: Prisma.DbNull,
        failures: 0,
      },
    });
    if (count === 0) return;
    await recordChange(tx, systemActor(request.accountId), {
      ...changeOf(request, 'failed'),
      after: { code: error.code },
    });
  });
}
