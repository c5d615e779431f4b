import { getDb } from '#lib/db/client.ts';
import type { PrivacyFinding } from '#lib/db/generated/client.ts';
import type { PrivacyFindings } from '../../contracts/privacy-requests.ts';
import { escapeLike } from '../escape-like.ts';
import type { PrivacyJob } from './privacy-job.ts';
import type { Scope, SearchedTable } from './search-scope.ts';
import { wantedIn } from './wanted-customers.ts';
import { idsOf } from './search-uploads.ts';
import type { Subject } from './subject.ts';

/** Longer lists help nobody; the numbers beside them are complete. */
const mostListed = 100;

/** Everything that was found, in numbers and names of files, without the customer's ID. */
export async function takeStock(
  { request }: PrivacyJob,
  tables: readonly SearchedTable[],
  subject: Subject,
): Promise<PrivacyFindings> {
  const kept = await getDb().privacyFinding.findMany({
    where: { requestId: request.id },
    orderBy: [{ uploadId: 'asc' }, { reference: 'asc' }],
  });
  const found = (kind: string) => kept.filter((row) => row.kind === kind && row.rows > 0n);
  const searchedFiles = kept.filter(({ kind }) => kind === 'file');
  const files = found('file');
  const unsearched = searchedFiles.filter(({ problem }) => problem !== null);
  const searchedTables = tables.filter((table) => wantedIn(table, tables, subject) !== null);
  const nameOf = ({ tableId }: Pick<PrivacyFinding, 'tableId'>) =>
    tables.find(({ id }) => id === tableId)?.name ?? `Table ${tableId}`;
  const tableIds = searchedTables.map(({ id }) => id);
  const ids = idsOf(subject);
  return {
    tables: countTables(tables, subject),
    aliases: subject.aliases.length,
    fileCount: files.length,
    files: files.slice(0, mostListed).map((row) => ({
      uploadId: row.uploadId,
      tableName: nameOf(row),
      fileName: row.fileName,
      rows: Number(row.rows),
    })),
    rejectedRows: found('rejects').reduce((total, { rows }) => total + Number(rows), 0),
    messages: found('message').length,
    fileNames: await countFileNames(tableIds, ids),
    auditEntries: (await listAuditEntries(request, ids)).length,
    sharedRows: subject.shared.length,
    unsearchedCount: unsearched.length,
    unsearched: unsearched.slice(0, mostListed).map((row) => ({
      tableName: nameOf(row),
      fileName: row.fileName,
      reason: row.problem ?? '',
    })),
    watchedBuckets: await listWatchedBuckets(tableIds),
    searched: { tables: searchedTables.length, files: searchedFiles.length },
    rowsWrittenAgain: 0,
  };
}

/**
 * Entries of the account's audit trail that name one of the IDs. A request of one service gets none: the trail names
 * tables and people of all services.
 */
export async function listAuditEntries({ accountId, serviceId }: Scope, ids: readonly string[]) {
  if (serviceId !== null) return [];
  const entries = await getDb().$queryRaw<{ id: number }[]>`
    SELECT id FROM "AuditEntry" WHERE "accountId" = ${accountId} AND (
      "objectName" = ANY(${[...ids]}::text[]) OR EXISTS (
        SELECT FROM unnest(${[...ids]}::text[]) AS customer
        WHERE strpos(concat(before::text, after::text), to_json(customer)::text) > 0))`;
  return getDb().auditEntry.findMany({
    where: { id: { in: entries.map(({ id }) => id) } },
    orderBy: { id: 'asc' },
  });
}

function countTables(tables: readonly SearchedTable[], { rows }: Subject) {
  return tables.flatMap(({ id, name }) => {
    const own = rows.filter((row) => row.tableId === id && row.found);
    const linkedRows = own.filter(({ link }) => link === 'alias').length;
    return own.length === 0 ? [] : [{ tableId: id, tableName: name, rows: own.length, linkedRows }];
  });
}

/** File names are the history’s, and say little: an ID of a letter or two would be in every one. */
async function countFileNames(
  tableIds: readonly number[],
  ids: readonly string[],
): Promise<number> {
  const names = new Set<number>();
  for (const id of ids) {
    const uploads = await getDb().upload.findMany({
      where: { tableId: { in: [...tableIds] }, fileName: { contains: escapeLike(id) } },
      select: { id: true, fileName: true },
    });
    for (const upload of uploads) if (isWordOf(upload.fileName, id)) names.add(upload.id);
  }
  return names.size;
}

function isWordOf(name: string, id: string): boolean {
  return name.split(id).some((before, index, parts) => {
    const after = parts[index + 1];
    return after !== undefined && !/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(after);
  });
}

async function listWatchedBuckets(
  tableIds: readonly number[],
): Promise<PrivacyFindings['watchedBuckets']> {
  const buckets = await getDb().watchedBucket.findMany({
    where: { tableId: { in: [...tableIds] } },
    orderBy: { tableId: 'asc' },
    select: { bucket: true, prefix: true, table: { select: { name: true } } },
  });
  return buckets.map(({ bucket, prefix, table }) => ({
    tableName: table.name,
    place: `s3://${bucket}/${prefix}`,
  }));
}
