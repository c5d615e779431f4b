import type { Prisma } from '#lib/db/generated/client.ts';
import type { PrivacyFindings } from '../../contracts/privacy-requests.ts';
import { systemActor } from '../actor.ts';
import { inTransaction } from '../transaction.ts';
import { recordChange } from '../audit.ts';
import { changeOf, ended, forgotten } from './audit-of-request.ts';
import { updateJob, type PrivacyJob } from './privacy-job.ts';

interface Finish {
  readonly findings: PrivacyFindings;
  /** Of an export. */
  readonly result?: Pick<
    Prisma.PrivacyRequestUpdateManyMutationInput,
    'resultBlob' | 'resultSeal' | 'resultExpiresAt'
  >;
}

/** Ends a request well. An erasure forgets whom it was about; an export does when it expires. */
export async function finishJob(job: PrivacyJob, { findings, result }: Finish): Promise<void> {
  const { request } = job;
  const isErasure = request.kind === 'delete';
  const { tables, aliases, fileCount, rejectedRows, messages } = findings;
  await inTransaction(async (tx) => {
    await updateJob(
      job,
      {
        state: 'completed',
        findings,
        finishedAt: new Date(),
        ...ended,
        ...(isErasure ? forgotten : {}),
        ...result,
      },
      tx,
    );
    await tx.privacyFinding.deleteMany({ where: { requestId: request.id } });
    await recordChange(tx, systemActor(request.accountId), {
      ...changeOf(request, 'completed'),
      after: {
        rows: tables.reduce((total, { rows }) => total + rows, 0),
        aliases,
        files: fileCount,
        rejectedRows,
        messages,
      },
    });
  });
}
