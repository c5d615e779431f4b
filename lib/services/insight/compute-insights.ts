import { getDb } from '#lib/db/client.ts';
import type { AttributeInsight } from '#lib/db/generated/client.ts';
import { readValues, type ColumnValues } from '#lib/store/insight/read-values.ts';
import { readActivity, readClock } from '#lib/store/insight/table-activity.ts';
import type { StoredColumn } from '#lib/store/names.ts';
import type { Pool } from '#lib/store/pool.ts';
import { countRows } from '#lib/store/row-counts.ts';
import { summariseValues } from '../../core/insight/summarise-values.ts';

interface ComputeOptions {
  readonly tableId: number;
  readonly columns: readonly StoredColumn[];
  readonly pool: Pool;
  readonly signal?: AbortSignal;
}

/** Reads what is in some columns of a table now, and keeps what it finds. Gives it in the order of the columns. */
export async function computeInsights({
  tableId,
  columns,
  pool,
  signal,
}: ComputeOptions): Promise<AttributeInsight[]> {
  const computedAt = await readClock(pool);
  // Before any row is read: what changes meanwhile makes the insight one to be read again.
  const activity = (await readActivity(pool, [tableId])).get(tableId) ?? 0n;
  const rowCount = (await countRows(pool, [tableId])).get(tableId) ?? 0;
  const reading = { tableId, columns, rowCount, ...(signal ? { signal } : {}) };
  const insights: AttributeInsight[] = [];
  for await (const values of readValues(pool, reading)) {
    const facts = { ...toFacts(values, rowCount), computedAt, activity };
    const { attributeId } = values.column;
    insights.push(
      await getDb().attributeInsight.upsert({
        where: { attributeId },
        create: { ...facts, attributeId },
        update: facts,
      }),
    );
  }
  return insights;
}

function toFacts({ column, counts, rowsRead, isWhole }: ColumnValues, rows: number) {
  const rowCount = isWhole ? rowsRead : Math.max(rows, rowsRead);
  const { distinct, top, histogram, ...summary } = summariseValues({
    ...{ type: column.type, counts, rowsRead, rowCount },
  });
  return {
    ...summary,
    rowCount: BigInt(rowCount),
    rowsRead,
    isExact: isWhole,
    distinct: distinct === null ? null : BigInt(distinct),
    top: [...top],
    histogram: [...histogram],
  };
}
