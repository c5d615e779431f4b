import { getDb } from '#lib/db/client.ts';
import type { Prisma } from '#lib/db/generated/client.ts';
import type { ListUploadsParameters, UploadPage } from '../../contracts/uploads.ts';
import type { Actor } from '../actor.ts';
import { escapeLike } from '../escape-like.ts';
import { requireScope } from '../permissions.ts';
import { requireTable } from '../tables/visible-table.ts';
import { visibleServices } from '../visible-services.ts';
import { summaryParts, toUploadSummary } from './to-upload-summary.ts';

/**
 * One page of the account's uploads, the latest first. A busy installation has hundreds of thousands: tables
 * are looked up first and ids paged alone, so that an index answers, and only the rows shown are read. Days are
 * paged by their own index: the one by id would read everything that came since. A search looks at every upload's
 * text, in an index that holds what it needs: text in small letters, because folding each at every search takes most of its time.
 */
export async function listUploads(
  actor: Actor,
  parameters: ListUploadsParameters,
): Promise<UploadPage> {
  requireScope(actor, 'read-configuration');
  const where = matching(await readTables(actor), parameters);
  const orderBy: Prisma.UploadOrderByWithRelationInput[] =
    where.createdAt === undefined ? [{ id: 'desc' }] : [{ createdAt: 'desc' }, { id: 'desc' }];
  const [ids, total] = await Promise.all([
    getDb().upload.findMany({
      where,
      select: { id: true },
      orderBy,
      skip: (parameters.page - 1) * parameters.perPage,
      take: parameters.perPage,
    }),
    getDb().upload.count({ where }),
  ]);
  const rows = await getDb().upload.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    include: summaryParts,
    orderBy,
  });
  return { items: rows.map(toUploadSummary), total };
}

type NamedTable = Awaited<ReturnType<typeof readTables>>[number];

function readTables(actor: Actor) {
  return getDb().table.findMany({
    where: { service: visibleServices(actor) },
    select: { id: true, name: true },
  });
}

function matching(
  tables: readonly NamedTable[],
  { tableId, state, source, search, createdFrom, createdBefore }: ListUploadsParameters,
): Prisma.UploadWhereInput {
  const words = search.trim().toLowerCase();
  const isNamed = ({ name }: NamedTable) => name.toLowerCase().includes(words);
  const seen = tables.filter(({ id }) => tableId === undefined || id === tableId);
  return {
    tableId: { in: seen.map(({ id }) => id) },
    ...(state === undefined ? {} : { state }),
    ...(source === undefined ? {} : { source }),
    ...within(createdFrom, createdBefore),
    ...(words === ''
      ? {}
      : {
          OR: [
            { searchText: { contains: escapeLike(words) } },
            { tableId: { in: seen.filter(isNamed).map(({ id }) => id) } },
          ],
        }),
  };
}

function within(from?: string, before?: string): Prisma.UploadWhereInput {
  if (from === undefined && before === undefined) return {};
  return {
    createdAt: {
      ...(from === undefined ? {} : { gte: new Date(from) }),
      ...(before === undefined ? {} : { lt: new Date(before) }),
    },
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
