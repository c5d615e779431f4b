import { BlobMissingError } from '#lib/blob/blob-store.ts';
import { getDb } from '#lib/db/client.ts';
import type { Prisma } from '#lib/db/generated/client.ts';
import {
  findCustomerRows,
  UnsearchableFileError,
  type WantedCustomers,
} from '#lib/ingest/find-customer-rows.ts';
import { StoredFile } from '#lib/ingest/stored-file.ts';
import { parseParts } from '../objects/stored-object.ts';
import { forEach } from './for-each.ts';
import { reportStep, type PrivacyJob } from './privacy-job.ts';
import type { SearchedTable } from './search-scope.ts';
import { wantedIn } from './wanted-customers.ts';
import type { Subject } from './subject.ts';

/** Milliseconds between two reports of progress. */
const reportInterval = 1_000;

const searchedColumns = {
  id: true,
  tableId: true,
  key: true,
  sizeBytes: true,
  parts: true,
  upload: { select: { id: true, fileName: true } },
} as const satisfies Prisma.StoredObjectSelect;

type SearchedObject = Prisma.StoredObjectGetPayload<{ select: typeof searchedColumns }>;

export interface SearchFilesOptions {
  readonly tables: readonly SearchedTable[];
  readonly subject: Subject;
  /** Files that came later are left alone; null for all. */
  readonly until: Date | null;
}

/** Whether a file or its rejected rows name the customer, as far as it was searched. */
interface Verdict {
  readonly rows: number;
  readonly problem: string | null;
}

/**
 * Searches every kept file that was not searched before: uploads of all states and ways, checks, versions that
 * were replaced, hidden files. What was found is noted file by file, so that a worker that dies loses one file's work.
 */
export async function searchFiles(job: PrivacyJob, options: SearchFilesOptions): Promise<void> {
  const { tables, subject } = options;
  const objects = await listUnsearched(job, options);
  const total = {
    filesTotal: objects.length,
    bytesTotal: objects.reduce((bytes, { sizeBytes }) => bytes + Number(sizeBytes), 0),
  };
  let filesDone = 0;
  let bytesDone = 0;
  let reportedAt = 0;
  const report = async (bytesRead: number) => {
    if (Date.now() - reportedAt < reportInterval) return;
    reportedAt = Date.now();
    await reportStep(job, 'files', { ...total, filesDone, bytesDone: bytesDone + bytesRead });
  };
  /** Tries of one file have the same bytes. */
  const verdicts = new Map<string, Verdict>();
  for (const object of objects) {
    const table = tables.find(({ id }) => id === object.tableId);
    const wanted = table && wantedIn(table, tables, subject);
    if (!wanted) continue;
    const bytes = JSON.stringify([object.tableId, object.parts]);
    const verdict = verdicts.get(bytes) ?? (await searchFile(job, { object, wanted, report }));
    verdicts.set(bytes, verdict);
    await note(job, object, verdict);
    filesDone += 1;
    bytesDone += Number(object.sizeBytes);
  }
}

/** The name by which people know a stored file. */
function fileNameOf({ key, upload }: Pick<SearchedObject, 'key' | 'upload'>): string {
  return upload?.fileName ?? key.slice(key.lastIndexOf('/') + 1);
}

async function listUnsearched(
  { request }: PrivacyJob,
  { tables, subject, until }: SearchFilesOptions,
): Promise<SearchedObject[]> {
  const searched = await getDb().privacyFinding.findMany({
    where: { requestId: request.id, kind: 'file' },
    select: { reference: true },
  });
  const known = new Set(searched.map(({ reference }) => reference));
  const tableIds = tables
    .filter((table) => wantedIn(table, tables, subject) !== null)
    .map(({ id }) => id);
  const before = { lte: until ?? new Date() };
  const objects = await getDb().storedObject.findMany({
    where: {
      tableId: { in: tableIds },
      // A change of a file's metadata renews its time, and that of its upload stays.
      OR: [{ createdAt: before }, { upload: { createdAt: before } }],
    },
    orderBy: { createdAt: 'asc' },
    select: searchedColumns,
  });
  return objects.filter(({ id }) => !known.has(id));
}

async function searchFile(
  job: PrivacyJob,
  options: {
    readonly object: SearchedObject;
    readonly wanted: WantedCustomers;
    readonly report: (bytesRead: number) => Promise<void>;
  },
): Promise<Verdict> {
  const { object, wanted, report } = options;
  const { blobs, signal } = job;
  const stop = new AbortController();
  let file: StoredFile | null = null;
  const timer = setInterval(() => {
    report(file?.bytesRead ?? 0).catch((error: unknown) => stop.abort(error));
  }, reportInterval);
  let rows = 0;
  try {
    await report(0);
    const until = AbortSignal.any([signal, stop.signal]);
    file = await StoredFile.open(blobs, parseParts(object.parts), until);
    const fileName = fileNameOf(object);
    const found = findCustomerRows({ file, fileName, wanted, signal: until });
    await forEach(found, () => (rows += 1));
    return { rows, problem: null };
  } catch (error) {
    if (error instanceof BlobMissingError) return { rows: 0, problem: null };
    if (error instanceof UnsearchableFileError) return { rows, problem: error.message };
    throw error;
  } finally {
    clearInterval(timer);
  }
}

async function note(
  { request }: PrivacyJob,
  object: SearchedObject,
  { rows, problem }: Verdict,
): Promise<void> {
  const facts = {
    tableId: object.tableId,
    uploadId: object.upload?.id ?? null,
    fileName: fileNameOf(object),
    rows: BigInt(rows),
    problem,
  };
  const key = { requestId: request.id, kind: 'file', reference: object.id };
  await getDb().privacyFinding.upsert({
    where: { requestId_kind_reference: key },
    create: { ...key, ...facts },
    update: facts,
  });
}
