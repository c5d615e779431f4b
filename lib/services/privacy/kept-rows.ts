import { BlobMissingError } from '#lib/blob/blob-store.ts';
import { getDb } from '#lib/db/client.ts';
import { findCustomerRejects } from '#lib/ingest/customer-rejects.ts';
import { findCustomerRows, UnsearchableFileError } from '#lib/ingest/find-customer-rows.ts';
import { StoredFile } from '#lib/ingest/stored-file.ts';
import { parseParts } from '../objects/stored-object.ts';
import type { PrivacyJob } from './privacy-job.ts';
import type { SearchedTable } from './search-scope.ts';
import { wantedIn } from './wanted-customers.ts';
import type { Subject } from './subject.ts';

/** Of one file: a customer who fills a file is told how many rows there are. */
const mostRows = 1_000;

/** Said instead of a row that would show others' rows, too. */
const unreadable = null;

interface KeptRow {
  readonly uploadId: number | null;
  readonly fileName: string;
  readonly line: number;
  /** As it stands in the file; null when it cannot be told from the rows of others around it. */
  readonly row: string | null;
}

/** Rows of kept files that name the customer, as far as they are surely the customer's alone. */
export async function* readFileRows(
  job: PrivacyJob,
  tables: readonly SearchedTable[],
  subject: Subject,
): AsyncGenerator<KeptRow> {
  for (const { uploadId, fileName, reference, tableId } of await listFound(job, 'file')) {
    const table = tables.find(({ id }) => id === tableId);
    const wanted = table && wantedIn(table, tables, subject);
    const object = await getDb().storedObject.findUnique({ where: { id: reference } });
    if (!wanted || !object) continue;
    let rows = 0;
    try {
      const file = await StoredFile.open(job.blobs, parseParts(object.parts), job.signal);
      for await (const found of findCustomerRows({ file, fileName, wanted, signal: job.signal })) {
        const row = found.raw?.toString('utf8') ?? unreadable;
        yield { uploadId, fileName, line: found.line, row };
        rows += 1;
        if (rows === mostRows) break;
      }
    } catch (error) {
      // Removed meanwhile, or damaged after these rows, which the summary says.
      if (error instanceof BlobMissingError || error instanceof UnsearchableFileError) continue;
      throw error;
    }
  }
}

/** Kept rejected rows that name the customer. */
export async function* readRejectedRows(
  job: PrivacyJob,
  tables: readonly SearchedTable[],
  subject: Subject,
): AsyncGenerator<KeptRow & { readonly column: string | null; readonly reason: string }> {
  for (const { uploadId, fileName, tableId } of await listFound(job, 'rejects')) {
    const table = tables.find(({ id }) => id === tableId);
    const wanted = table && wantedIn(table, tables, subject);
    if (!wanted || uploadId === null) continue;
    const found = findCustomerRejects({ blobs: job.blobs, uploadId, wanted });
    for await (const { reject, isReadable } of found) {
      const { line, column, code, raw } = reject;
      const row = isReadable ? raw.toString('utf8') : unreadable;
      yield { uploadId, fileName, line, column, reason: code, row };
    }
  }
}

async function listFound({ request }: PrivacyJob, kind: 'file' | 'rejects') {
  return getDb().privacyFinding.findMany({
    where: { requestId: request.id, kind, rows: { gt: 0 } },
    orderBy: [{ uploadId: 'asc' }, { reference: 'asc' }],
  });
}
