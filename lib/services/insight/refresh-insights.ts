import { getDb } from '#lib/db/client.ts';
import { withSessionLock } from '#lib/db/session-lock.ts';
import { readActivity } from '#lib/store/insight/table-activity.ts';
import type { Pool } from '#lib/store/pool.ts';
import {
  besideNoLoad,
  LoadComesFirstError,
  tablesUnderLoad,
} from '../uploads/tables-under-load.ts';
import { columnOf } from './column-of.ts';
import { computeInsights } from './compute-insights.ts';

export interface RefreshOptions {
  readonly pool: Pool;
  readonly signal: AbortSignal;
  /** Left out for now, such as one that could not be read before. */
  readonly isPaused: (tableId: number) => boolean;
  /** Is told of a table that cannot be read. */
  readonly onFailure: (tableId: number, error: unknown) => void;
}

const minute = 60_000;
/** Single writes and deletions make an insight new at most so often. */
const pauseBetweenWrites = 10 * minute;
/** Whatever the statistics say. */
const longestAge = 24 * 60 * minute;

const lockClass = 0x0dc90005;

/**
 * Reads again what is in the tables that changed, one after the other, and no table that a file is loaded into. After a file at once,
 * after single writes within minutes: a customer who was deleted is gone from here, too, then.
 *
 * @returns how many tables were read.
 */
export async function refreshInsights({
  pool,
  signal,
  isPaused,
  onFailure,
}: RefreshOptions): Promise<number> {
  let read = 0;
  for (const { tableId } of await findStale(pool)) {
    if (isPaused(tableId)) continue;
    signal.throwIfAborted();
    try {
      await withSessionLock(pool, { lockClass, id: tableId }, async () => {
        // Another worker may have read it since.
        const stale = (await findStale(pool)).find((table) => table.tableId === tableId);
        if (stale) read += await refreshTable(stale, { pool, signal });
      });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof LoadComesFirstError)) onFailure(tableId, error);
    }
  }
  return read;
}

async function refreshTable(
  { tableId, isChanged }: StaleTable,
  { pool, signal }: Pick<RefreshOptions, 'pool' | 'signal'>,
): Promise<number> {
  const attributes = await getDb().attribute.findMany({
    where: { tableId, aliasTableId: null, ...(isChanged ? {} : { insight: null }) },
    orderBy: { id: 'asc' },
  });
  const columns = attributes.map(columnOf);
  await besideNoLoad({ tableIds: [tableId], signal }, (stop) =>
    computeInsights({ tableId, columns, pool, signal: stop }),
  );
  return 1;
}

interface TableAge {
  readonly tableId: number;
  /** Attributes that nobody has looked at. */
  readonly unread: number;
  /** Of its oldest insight. */
  readonly computedAt: Date | null;
  readonly activity: bigint | null;
  /** When a file last changed it. */
  readonly finishedAt: Date | null;
}

interface StaleTable {
  readonly tableId: number;
  /** All of it, not only attributes that nobody has looked at. */
  readonly isChanged: boolean;
}

async function findStale(pool: Pool): Promise<StaleTable[]> {
  const tables = await readAges();
  const tableIds = tables.map(({ tableId }) => tableId);
  const [activity, busy] = await Promise.all([readActivity(pool, tableIds), tablesUnderLoad()]);
  return tables.flatMap(({ tableId, unread, computedAt, finishedAt, ...table }) => {
    const age = computedAt === null ? Infinity : Date.now() - computedAt.getTime();
    const isWritten = table.activity !== (activity.get(tableId) ?? 0n);
    const isLoaded = finishedAt !== null && computedAt !== null && finishedAt > computedAt;
    const isChanged = isLoaded || (isWritten && age > pauseBetweenWrites) || age > longestAge;
    return !busy.has(tableId) && (isChanged || unread > 0) ? [{ tableId, isChanged }] : [];
  });
}

function readAges(): Promise<TableAge[]> {
  return getDb().$queryRaw<TableAge[]>`
    SELECT attribute."tableId", count(*) FILTER (WHERE insight."attributeId" IS NULL)::int AS unread,
           min(insight."computedAt") AS "computedAt",
           (array_agg(insight.activity ORDER BY insight."computedAt"))[1] AS activity,
           (SELECT "finishedAt" FROM "Upload"
            WHERE "tableId" = attribute."tableId" AND "finishedAt" IS NOT NULL AND NOT "checkOnly"
              AND ("rowsChanged" > 0 OR "rowsCreated" > 0)
            ORDER BY sequence DESC LIMIT 1) AS "finishedAt"
    FROM "Attribute" AS attribute
    JOIN "Table" AS t ON t.id = attribute."tableId" AND NOT t.archived
    LEFT JOIN "AttributeInsight" AS insight ON insight."attributeId" = attribute.id
    WHERE attribute."aliasTableId" IS NULL
    GROUP BY attribute."tableId" ORDER BY attribute."tableId"`;
}
