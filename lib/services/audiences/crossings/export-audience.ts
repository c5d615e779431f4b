import { getDb } from '#lib/db/client.ts';
import { getPool, getReadingPool } from '#lib/db/pool.ts';
import { exportMembers, type ExportMembersOptions } from '#lib/store/audience/export-members.ts';
import type { BoundCondition } from '../../../core/audience/bound-condition.ts';
import { encodeExportRow } from '../../../core/csv/encode.ts';
import { errors } from '../../../core/errors.ts';
import type { Actor } from '../../actor.ts';
import { requireScope } from '../../permissions.ts';
import { bindAudience } from '../bind-audience.ts';
import { requireAudience } from '../visible-audience.ts';

export interface MembersFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly body: AsyncIterable<Buffer<ArrayBuffer>>;
}

interface ExportAudienceOptions {
  readonly tableId?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The members of a saved audience as a CSV file: their IDs in one table, or a row for each member with its IDs in all tables. People
 * open it, so an ID that would run as a formula has an apostrophe in front.
 *
 * @throws `not-found`, `conflict`
 */
export async function exportAudience(
  actor: Actor,
  audienceId: number,
  { tableId, signal }: ExportAudienceOptions,
): Promise<MembersFile> {
  requireScope(actor, 'read-profiles');
  const audience = await requireAudience(getDb(), actor, audienceId);
  const { condition, space } = await bindAudience(audience);
  const all = [space.hubTableId, ...space.tables.map((table) => table.tableId)];
  const tableIds = tableId === undefined ? all : all.filter((id) => id === tableId);
  if (tableIds.length === 0) throw errors.notFound('table', tableId ?? '');
  const header = tableId === undefined ? await namesOf(tableIds) : ['customerId'];
  const day = new Date().toISOString().slice(0, 10);
  return {
    fileName: `${audience.name}-${day}.csv`,
    contentType: 'text/csv; charset=utf-8',
    body: write(header, condition, {
      ...{ tableIds, space, now: new Date() },
      ...{ canceller: getPool(), signal },
    }),
  };
}

async function namesOf(tableIds: readonly number[]): Promise<string[]> {
  const tables = await getDb().table.findMany({
    where: { id: { in: [...tableIds] } },
    select: { id: true, name: true },
  });
  return tableIds.map((tableId) => tables.find(({ id }) => id === tableId)?.name ?? '');
}

async function* write(
  header: readonly string[],
  condition: BoundCondition,
  options: ExportMembersOptions,
): AsyncGenerator<Buffer<ArrayBuffer>> {
  yield Buffer.from(encodeExportRow(header));
  for await (const rows of exportMembers(getReadingPool(), condition, options)) {
    yield Buffer.from(rows.map(encodeExportRow).join(''));
  }
}
