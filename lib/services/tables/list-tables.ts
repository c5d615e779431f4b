import { getDb } from '#lib/db/client.ts';
import type { Prisma } from '#lib/db/generated/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { countRows } from '#lib/store/row-counts.ts';
import type {
  ListTablesParameters,
  TablePage,
  TableSort,
  TableSummary,
} from '../../contracts/tables.ts';
import type { Actor } from '../actor.ts';
import { escapeLike } from '../escape-like.ts';
import { summaryParts, toTableSummary } from './to-table-summary.ts';
import { visibleServices } from '../visible-services.ts';

/** One page of the account's tables. Row counts are not in the control plane, so the order is ours. */
export async function listTables(
  actor: Actor,
  parameters: ListTablesParameters,
): Promise<TablePage> {
  const tables = await getDb().table.findMany({
    where: matching(actor, parameters),
    include: summaryParts,
  });
  const counts = await countRows(
    getPool(),
    tables.map((table) => table.id),
  );
  const summaries = tables
    .map((table) => toTableSummary(table, counts.get(table.id) ?? 0))
    .sort(comparing(parameters));
  const start = (parameters.page - 1) * parameters.perPage;
  return {
    items: summaries.slice(start, start + parameters.perPage),
    total: summaries.length,
  };
}

function matching(actor: Actor, { search, status }: ListTablesParameters): Prisma.TableWhereInput {
  const words = search.trim();
  const byId = /^[1-9]\d{0,8}$/.test(words) ? [{ id: Number(words) }] : [];
  return {
    service: visibleServices(actor),
    ...(status === 'all' ? {} : { archived: status === 'archived' }),
    ...(words === ''
      ? {}
      : { OR: [{ name: { contains: escapeLike(words), mode: 'insensitive' } }, ...byId] }),
  };
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const comparisons: Record<TableSort, (a: TableSummary, b: TableSummary) => number> = {
  name: (a, b) => collator.compare(a.name, b.name),
  rows: (a, b) => a.rowCount - b.rowCount,
  attributes: (a, b) => a.attributeCount - b.attributeCount,
  modified: (a, b) => a.updatedAt.localeCompare(b.updatedAt),
};

function comparing({ sort, direction }: Pick<ListTablesParameters, 'sort' | 'direction'>) {
  const sign = direction === 'asc' ? 1 : -1;
  return (a: TableSummary, b: TableSummary) =>
    sign * comparisons[sort](a, b) || collator.compare(a.name, b.name) || a.id - b.id;
}
