import { getDb } from '#lib/db/client.ts';
import type { Prisma } from '#lib/db/generated/client.ts';
import type { ListUploadsParameters, UploadPage } from '../../contracts/uploads.ts';
import type { Actor } from '../actor.ts';
import { escapeLike } from '../escape-like.ts';
import { requireTable } from '../tables/visible-table.ts';
import { summaryParts, toUploadSummary } from './to-upload-summary.ts';

/** One page of the account's uploads, the latest first. */
export async function listUploads(
  actor: Actor,
  parameters: ListUploadsParameters,
): Promise<UploadPage> {
  const where = matching(actor, parameters);
  const [rows, total] = await Promise.all([
    getDb().upload.findMany({
      where,
      include: summaryParts,
      orderBy: { id: 'desc' },
      skip: (parameters.page - 1) * parameters.perPage,
      take: parameters.perPage,
    }),
    getDb().upload.count({ where }),
  ]);
  return { items: rows.map(toUploadSummary), total };
}

function matching(
  actor: Actor,
  { tableId, state, source, search }: ListUploadsParameters,
): Prisma.UploadWhereInput {
  const words = search.trim();
  const contains = { contains: escapeLike(words), mode: 'insensitive' as const };
  return {
    table: { service: { accountId: actor.accountId } },
    ...(tableId === undefined ? {} : { tableId }),
    ...(state === undefined ? {} : { state }),
    ...(source === undefined ? {} : { source }),
    ...(words === ''
      ? {}
      : { OR: [{ key: contains }, { uploadedBy: contains }, { table: { name: contains } }] }),
  };
}

/** As `listUploads` for one table, which has to be there: an empty list says that it had no uploads yet. */
export async function listUploadsOfTable(
  actor: Actor,
  tableId: number,
  parameters: ListUploadsParameters,
): Promise<UploadPage> {
  await requireTable(getDb(), actor, tableId);
  return listUploads(actor, { ...parameters, tableId });
}
