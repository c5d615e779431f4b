import { getDb } from '#lib/db/client.ts';
import type { PrivacyJob } from './privacy-job.ts';
import { readHeldRows } from './held-rows.ts';
import type { SearchedTable } from './search-scope.ts';
import type { Subject } from './subject.ts';

interface NamingUpload {
  /** null for a file that was never an upload. */
  readonly uploadId: number | null;
  readonly tableName: string;
  readonly fileName: string;
  /** s3, browser, api or bucket; null for a file that was never an upload. */
  readonly source: string | null;
  readonly receivedAt: string | null;
  /** Rows of the kept file that name the customer; 0 when the file is not kept any more. */
  readonly rows: number;
  readonly isKept: boolean;
}

/** Uploads that are known to have named the customer: their file still does, or they changed a row last. */
export async function listUploads(
  { request }: PrivacyJob,
  { tables, subject }: { readonly tables: readonly SearchedTable[]; readonly subject: Subject },
): Promise<NamingUpload[]> {
  const files = await getDb().privacyFinding.findMany({
    where: { requestId: request.id, kind: 'file', rows: { gt: 0 } },
  });
  const sources = new Set<number>();
  for await (const { upload } of readHeldRows(tables, subject)) {
    if (upload) sources.add(upload.uploadId);
  }
  const ids = files.flatMap(({ uploadId }) => (uploadId === null ? [] : [uploadId]));
  const uploads = await getDb().upload.findMany({
    where: { id: { in: [...ids, ...sources] } },
    orderBy: { id: 'asc' },
    include: { table: { select: { name: true } } },
  });
  const known = uploads.map((upload) => {
    const file = files.find(({ uploadId }) => uploadId === upload.id);
    return {
      uploadId: upload.id,
      tableName: upload.table.name,
      fileName: upload.fileName,
      source: upload.source,
      receivedAt: upload.createdAt.toISOString(),
      rows: Number(file?.rows ?? 0n),
      isKept: upload.objectId !== null,
    };
  });
  const others = files.filter(({ uploadId }) => uploadId === null);
  return [
    ...known,
    ...others.map(({ tableId, fileName, rows }) => ({
      uploadId: null,
      tableName: tables.find(({ id }) => id === tableId)?.name ?? `Table ${tableId}`,
      fileName,
      source: null,
      receivedAt: null,
      rows: Number(rows),
      isKept: true,
    })),
  ];
}
