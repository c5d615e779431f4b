import { getDb } from '#lib/db/client.ts';
import type { PrivacyRequest } from '#lib/db/generated/client.ts';
import {
  privacyRequestResponse,
  privacyRequestSummary,
  type PrivacyRequestResponse,
  type PrivacyRequestSummary,
} from '../../contracts/privacy-requests.ts';
import { openText } from './identifier.ts';
import { parseSeal } from './sealed-blob.ts';
import { parseSubject } from './subject.ts';

export async function toRequestSummary(request: PrivacyRequest): Promise<PrivacyRequestSummary> {
  const { id, identifierEncrypted } = request;
  return privacyRequestSummary.parse({
    id,
    kind: request.kind,
    identifierType: request.identifierType,
    identifier: identifierEncrypted === null ? null : openText(id, identifierEncrypted),
    table: await findTable(request.tableId),
    state: request.state,
    askedBy: request.askedBy,
    createdAt: request.createdAt.toISOString(),
    startedAt: request.startedAt?.toISOString() ?? null,
    finishedAt: request.finishedAt?.toISOString() ?? null,
    error: request.error,
    result: resultOf(request),
  });
}

export async function toRequestResponse(request: PrivacyRequest): Promise<PrivacyRequestResponse> {
  return privacyRequestResponse.parse({
    ...(await toRequestSummary(request)),
    progress: request.progress,
    findings: request.findings,
    sharedRows: await listSharedRows(request),
  });
}

/** While the export is kept; the sweep may come a little later. */
function resultOf({ resultBlob, resultSeal, resultExpiresAt }: PrivacyRequest) {
  if (resultBlob === null || resultExpiresAt === null || resultExpiresAt <= new Date()) return null;
  const { sizeBytes } = parseSeal(resultSeal);
  return { sizeBytes, expiresAt: resultExpiresAt.toISOString() };
}

async function findTable(tableId: number | null): Promise<PrivacyRequestResponse['table']> {
  if (tableId === null) return null;
  const table = await getDb().table.findUnique({
    where: { id: tableId },
    select: { id: true, name: true },
  });
  return table ?? { id: tableId, name: `Table ${tableId}` };
}

/** Longer lists are cut; the findings have the number. */
const mostListed = 20;

async function listSharedRows({
  id,
  subjectEncrypted,
}: PrivacyRequest): Promise<PrivacyRequestResponse['sharedRows']> {
  if (subjectEncrypted === null) return [];
  const { shared } = parseSubject(openText(id, subjectEncrypted));
  if (shared.length === 0) return [];
  const tables = await getDb().table.findMany({
    where: { id: { in: shared.map(({ tableId }) => tableId) } },
    select: { id: true, name: true },
  });
  return shared.slice(0, mostListed).map((row) => ({
    ...row,
    tableName: tables.find((table) => table.id === row.tableId)?.name ?? `Table ${row.tableId}`,
  }));
}
