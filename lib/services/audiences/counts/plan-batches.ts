import { getDb } from '#lib/db/client.ts';
import type { DueAudience } from './find-due.ts';

/** Together they take little longer than one, up to what the conditions themselves cost. */
const mostTogether = 25;
/** Conditions as text: a statement has its limits. */
const longestTogether = 100_000;

/** Those of one project that are about the same tables, some at a time; who is waited for comes first. */
export async function planBatches(due: readonly DueAudience[]): Promise<DueAudience[][]> {
  const lengths = await readLengths(due.map(({ id }) => id));
  const alike = Map.groupBy(due, ({ projectId, tableIds, isUrgent }) =>
    [isUrgent ? 0 : 1, projectId, ...tableIds].join(' '),
  );
  const batches: DueAudience[][] = [];
  for (const audiences of alike.values()) {
    let length = Infinity;
    for (const audience of audiences) {
      const own = lengths.get(audience.id) ?? 0;
      const last = batches.at(-1);
      if (last && last.length < mostTogether && length + own <= longestTogether) {
        last.push(audience);
        length += own;
      } else {
        batches.push([audience]);
        length = own;
      }
    }
  }
  return batches.sort((a, b) => Number(isUrgent(b)) - Number(isUrgent(a)));
}

function isUrgent(batch: readonly DueAudience[]): boolean {
  return batch.some((audience) => audience.isUrgent);
}

async function readLengths(ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const rows = await getDb().$queryRaw<{ id: number; length: number }[]>`
    SELECT id, length(conditions) AS length FROM "Audience" WHERE id = ANY(${[...ids]}::int[])`;
  return new Map(rows.map(({ id, length }) => [id, length]));
}
