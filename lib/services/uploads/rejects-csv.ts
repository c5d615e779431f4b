import { readRejects, readRejectsLayout, type RejectsLayout } from '#lib/ingest/read-rejects.ts';
import { getDb } from '#lib/db/client.ts';
import { RejectsCsv } from '../../core/csv/rejects-csv.ts';
import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { getBlobStore } from '../blob-store.ts';
import { requireUpload } from './visible-upload.ts';
import { requireScope } from '../permissions.ts';

const flushBytes = 64 * 1024;

export interface RejectsFile {
  readonly fileName: string;
  readonly body: AsyncIterable<Buffer<ArrayBuffer>>;
}

/**
 * The kept rejects as a CSV file to mend and upload again: the file's own columns, then what is wrong.
 *
 * @throws `not-found`, also when the upload's header was never read.
 */
export async function writeRejectsCsv(actor: Actor, uploadId: number): Promise<RejectsFile> {
  requireScope(actor, 'read-profiles');
  const upload = await requireUpload(getDb(), actor, uploadId);
  const layout = await readRejectsLayout(uploadId);
  if (!layout) throw errors.notFound('list of rejected rows of upload', uploadId);
  return { fileName: rejectsFileName(upload.fileName), body: write(uploadId, layout) };
}

async function* write(
  uploadId: number,
  layout: RejectsLayout,
): AsyncGenerator<Buffer<ArrayBuffer>> {
  const csv = new RejectsCsv(layout);
  const blobs = await getBlobStore();
  let lines = [csv.header];
  let bytes = csv.header.length;
  for await (const reject of readRejects({ blobs, uploadId })) {
    const line = csv.encode(reject);
    lines.push(line);
    bytes += line.length;
    if (bytes < flushBytes) continue;
    yield Buffer.concat(lines);
    lines = [];
    bytes = 0;
  }
  yield Buffer.concat(lines);
}

/** @example rejectsFileName('customers.csv.gz') // 'customers-rejects.csv' */
function rejectsFileName(fileName: string): string {
  const base = fileName.replace(/\.gz$/i, '').replace(/\.(csv|tsv|txt)$/i, '');
  return `${base.replace(/-rejects$/, '')}-rejects.csv`;
}
