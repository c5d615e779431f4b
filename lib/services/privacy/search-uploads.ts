import { standsAlone } from '#lib/core/csv/customer-match.ts';
import { getDb } from '#lib/db/client.ts';
import { findCustomerRejects } from '#lib/ingest/customer-rejects.ts';
import { terminalUploadStates, uploadError } from '../../contracts/uploads.ts';
import { forEach } from './for-each.ts';
import { reportStep, type PrivacyJob } from './privacy-job.ts';
import type { SearchedTable } from './search-scope.ts';
import { wantedIn } from './wanted-customers.ts';
import type { Subject } from './subject.ts';

interface SearchUploadsOptions {
  readonly tables: readonly SearchedTable[];
  readonly subject: Subject;
}

/**
 * Searches what the history keeps of uploads that have ended: rejected rows, and the messages of files that failed,
 * which may quote a row that was taken for a header. Of others the file itself is there to be searched.
 */
export async function searchUploads(
  job: PrivacyJob,
  { tables, subject }: SearchUploadsOptions,
): Promise<void> {
  await reportStep(job, 'rejects');
  const ids = idsOf(subject).map((id) => Buffer.from(id));
  for (const table of tables) {
    const wanted = wantedIn(table, tables, subject);
    if (!wanted) continue;
    for (const upload of await listUnsearched(job, table.id)) {
      job.signal.throwIfAborted();
      if (upload._count.rejectFiles > 0) {
        let rows = 0;
        const options = { blobs: job.blobs, uploadId: upload.id, wanted };
        await forEach(findCustomerRejects(options), () => (rows += 1));
        await note(job, upload, { kind: 'rejects', rows });
      }
      const message = messageOf(upload.error);
      if (message !== null && ids.some((id) => standsAlone(message, id))) {
        await note(job, upload, { kind: 'message', rows: 1 });
      }
    }
  }
}

/** Every ID of the subject, once. */
export function idsOf({ rows }: Subject): string[] {
  return [...new Set(rows.map(({ customerId }) => customerId))];
}

/** What a failed upload says, as bytes to look into. */
export function messageOf(error: unknown): Buffer | null {
  const parsed = uploadError.safeParse(error);
  return parsed.success ? Buffer.from(parsed.data.message) : null;
}

async function listUnsearched({ request }: PrivacyJob, tableId: number) {
  const uploads = await getDb().upload.findMany({
    where: { tableId, state: { in: [...terminalUploadStates] } },
    orderBy: { id: 'asc' },
    select: {
      id: true,
      tableId: true,
      fileName: true,
      error: true,
      _count: { select: { rejectFiles: true } },
    },
  });
  const findings = await getDb().privacyFinding.findMany({
    where: { requestId: request.id, kind: 'rejects', tableId },
    select: { reference: true },
  });
  const searched = new Set(findings.map(({ reference }) => reference));
  return uploads.filter(({ id }) => !searched.has(String(id)));
}

async function note(
  { request }: PrivacyJob,
  upload: { readonly id: number; readonly tableId: number; readonly fileName: string },
  { kind, rows }: { readonly kind: 'rejects' | 'message'; readonly rows: number },
): Promise<void> {
  const key = { requestId: request.id, kind, reference: String(upload.id) };
  const facts = { tableId: upload.tableId, uploadId: upload.id, fileName: upload.fileName };
  await getDb().privacyFinding.upsert({
    where: { requestId_kind_reference: key },
    create: { ...key, ...facts, rows: BigInt(rows) },
    update: { rows: BigInt(rows) },
  });
}
