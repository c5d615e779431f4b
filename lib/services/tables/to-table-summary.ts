import { z } from 'zod';
import type { Prisma } from '#lib/db/generated/client.ts';
import { emptyCellRules, keyKinds, type TableSummary } from '../../contracts/tables.ts';
import { uploadState } from '../../contracts/uploads.ts';

const keyKind = z.enum(keyKinds);
const emptyCells = z.enum(emptyCellRules);

/** What a summary needs beside the row itself. */
export const summaryParts = {
  _count: { select: { attributes: { where: { archivedAt: null, aliasTableId: null } } } },
  uploads: {
    where: { checkOnly: false },
    orderBy: { id: 'desc' },
    take: 1,
    select: { id: true, fileName: true, state: true, createdAt: true },
  },
} as const satisfies Prisma.TableInclude;

type TableWithParts = Prisma.TableGetPayload<{ include: typeof summaryParts }>;

export function toTableSummary(table: TableWithParts, rowCount: number): TableSummary {
  const [lastUpload] = table.uploads;
  return {
    id: table.id,
    serviceId: table.serviceId,
    name: table.name,
    description: table.description,
    isOptimizely: table.isOptimizely,
    keyKind: keyKind.parse(table.keyKind),
    keyName: table.keyName,
    emptyCells: emptyCells.parse(table.emptyCells),
    keepFilesDays: table.keepFilesDays,
    archived: table.archived,
    attributeCount: table._count.attributes,
    rowCount,
    lastUpload: lastUpload
      ? {
          id: lastUpload.id,
          fileName: lastUpload.fileName,
          state: uploadState.parse(lastUpload.state),
          createdAt: lastUpload.createdAt.toISOString(),
        }
      : null,
    createdAt: table.createdAt.toISOString(),
    updatedAt: table.updatedAt.toISOString(),
  };
}
