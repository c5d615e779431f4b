import type { BlobStore } from '#lib/blob/blob-store.ts';
import { getDb, type DbTransaction } from '#lib/db/client.ts';
import type { Prisma, PrivacyRequest } from '#lib/db/generated/client.ts';
import type { IdentifierType, PrivacyProgress } from '../../contracts/privacy-requests.ts';
import { openText, sealText } from './identifier.ts';
import { RequestEndedError } from './privacy-failure.ts';
import { parseSubject, type Identifier, type Subject } from './subject.ts';

/** A request that a worker carries out. */
export interface PrivacyJob {
  readonly request: PrivacyRequest;
  readonly identifier: Identifier;
  readonly blobs: BlobStore;
  readonly signal: AbortSignal;
}

/** States in which a worker has something to do. */
export const openRequestStates = ['queued', 'searching', 'erasing'] as const;

export function identifierOf(request: PrivacyRequest): Identifier {
  const { id, identifierEncrypted, identifierType, tableId } = request;
  if (identifierEncrypted === null) throw new RequestEndedError(id);
  const type: IdentifierType =
    identifierType === 'optimizely_end_user_id' ? identifierType : 'dcp_id';
  return { type, value: openText(id, identifierEncrypted), tableId };
}

/** Changes a request that is under way. @throws {RequestEndedError} when it was cancelled. */
export async function updateJob(
  { request: { id } }: PrivacyJob,
  data: Prisma.PrivacyRequestUpdateManyMutationInput,
  db: DbTransaction = getDb(),
): Promise<void> {
  const { count } = await db.privacyRequest.updateMany({
    where: { id, state: { in: [...openRequestStates] } },
    data,
  });
  if (count === 0) throw new RequestEndedError(id);
}

/** What an earlier attempt, or an earlier look, knew of the customer's rows. */
export async function readSubject({ request: { id } }: PrivacyJob): Promise<Subject | null> {
  const { subjectEncrypted } = await getDb().privacyRequest.findUniqueOrThrow({ where: { id } });
  return subjectEncrypted === null ? null : parseSubject(openText(id, subjectEncrypted));
}

export async function saveSubject(job: PrivacyJob, subject: Subject): Promise<void> {
  await updateJob(job, { subjectEncrypted: sealText(job.request.id, JSON.stringify(subject)) });
}

const noProgress = { filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0, waitingFor: [] };

export async function reportStep(
  job: PrivacyJob,
  step: PrivacyProgress['step'],
  facts: Partial<PrivacyProgress> = {},
): Promise<void> {
  job.signal.throwIfAborted();
  const progress: PrivacyProgress = { ...noProgress, step, ...facts };
  await updateJob(job, { progress });
}
