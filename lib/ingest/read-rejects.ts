import type { BlobStore } from '#lib/blob/blob-store.ts';
import type { Column, Delimiter, Reject, RejectCode } from '#lib/core/csv/types.ts';
import { getDb } from '#lib/db/client.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { decodeReject } from './reject-record.ts';

export interface ReadRejectsOptions {
  readonly blobs: BlobStore;
  readonly uploadId: number;
  /** 0-based position, among the kept rejects, of the first row wanted. */
  readonly from?: number;
  /** Most rows wanted; all when left out. */
  readonly limit?: number;
}

/** What `RejectsCsv` needs to know of the file that the rows come from. */
export interface RejectsLayout {
  readonly columns: readonly Column[];
  readonly delimiter: Delimiter;
}

/** Number of rejected rows that were kept; further ones are only counted. */
export async function countKeptRejects(uploadId: number): Promise<number> {
  const { _sum } = await getDb().rejectFile.aggregate({
    where: { uploadId },
    _sum: { rows: true },
  });
  return _sum.rows ?? 0;
}

/** `null` when the upload's header was never read, so that there are no rejected rows. */
export async function readRejectsLayout(uploadId: number): Promise<RejectsLayout | null> {
  const upload = await getDb().upload.findUnique({
    where: { id: uploadId },
    select: { checkpoint: true },
  });
  return upload ? parseCheckpoint(upload.checkpoint).plan : null;
}

/**
 * Gives an upload's kept rejects in the order of the file, a segment at a time.
 *
 * @example for await (const reject of readRejects({ blobs, uploadId, from: 100, limit: 50 })) show(reject);
 */
export async function* readRejects({
  blobs,
  uploadId,
  from = 0,
  limit = Infinity,
}: ReadRejectsOptions): AsyncGenerator<Reject> {
  const segments = await getDb().rejectFile.findMany({
    where: { uploadId },
    orderBy: { firstRow: 'asc' },
  });
  const end = from + limit;
  for (const { firstRow, rows, blobName } of segments) {
    const first = Number(firstRow);
    if (first + rows <= from) continue;
    if (first >= end) return;
    const lines = await readLines(blobs, blobName);
    for (const line of lines.slice(Math.max(0, from - first), end - first))
      yield decodeReject(line);
  }
}

/** Which rejects are wanted; what is left out does not matter. */
export interface RejectFilter {
  readonly code?: RejectCode;
  /** Header name, `null` for faults of the whole row. */
  readonly column?: string | null;
}

/**
 * A page of those kept rejects that match, in the order of the file, and how many there are. Reads all that were kept, but
 * decodes the page alone.
 */
export async function findRejects(
  { blobs, uploadId, from = 0, limit = Infinity }: ReadRejectsOptions,
  filter: RejectFilter,
): Promise<{ readonly rows: readonly Reject[]; readonly total: number }> {
  const segments = await getDb().rejectFile.findMany({
    where: { uploadId },
    orderBy: { firstRow: 'asc' },
  });
  const rows: Reject[] = [];
  let total = 0;
  for (const { blobName } of segments) {
    for (const line of await readLines(blobs, blobName)) {
      if (!matchesFilter(line, filter)) continue;
      if (total >= from && rows.length < limit) rows.push(decodeReject(line));
      total += 1;
    }
  }
  return { rows, total };
}

/** In a value or a row, quotation marks are escaped: what stands between plain ones is the record's own. */
function matchesFilter(line: string, { code, column }: RejectFilter): boolean {
  return (
    (code === undefined || line.includes(`"code":"${code}"`)) &&
    (column === undefined || line.includes(`"column":${JSON.stringify(column)},`))
  );
}

async function readLines(blobs: BlobStore, name: string): Promise<string[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of blobs.open(name) as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8').trimEnd().split('\n');
}
