import { z } from 'zod';
import { getDb } from '#lib/db/client.ts';
import { getPool, getReadingPool } from '#lib/db/pool.ts';
import { listMembers, type Member } from '#lib/store/audience/list-members.ts';
import { id } from '../../contracts/common.ts';
import { checkCustomerId } from '../../core/datatypes/customer-id.ts';
import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { requireScope } from '../permissions.ts';
import { bindAudience } from './bind-audience.ts';
import { requireAudience } from './visible-audience.ts';

interface ListMembersOptions {
  readonly limit: number;
  /** Members of this table only. */
  readonly tableId?: number | undefined;
  /** Where the page before ended. */
  readonly after?: string | undefined;
  readonly signal: AbortSignal;
}

interface MembersPage {
  readonly members: readonly Member[];
  /** Where it ends; `null` when nothing follows. */
  readonly next: string | null;
}

/**
 * Members of a saved audience, page by page. Pages are of their own moments: who joins behind where a page ended is on a
 * later one, and nobody is on two.
 *
 * @throws `not-found`, `conflict`, `invalid-fields` on `after` and `dcp_datasource_id`
 */
export async function listAudienceMembers(
  actor: Actor,
  audienceId: number,
  { limit, tableId, after, signal }: ListMembersOptions,
): Promise<MembersPage> {
  requireScope(actor, 'read-profiles');
  const audience = await requireAudience(getDb(), actor, audienceId);
  const { condition, space } = await bindAudience(audience);
  const all = [space.hubTableId, ...space.tables.map((table) => table.tableId)];
  const tableIds = tableId === undefined ? all : all.filter((id) => id === tableId);
  if (tableIds.length === 0) {
    throw errors.invalidFields({
      dcp_datasource_id: `The audience's service has no active table ${tableId}.`,
    });
  }
  const behind = after === undefined ? null : readCursor(after);
  if (behind && !tableIds.includes(behind.tableId)) {
    throw errors.invalidFields({ after: 'That table is not listed any more. Begin anew.' });
  }
  const found = await listMembers(getReadingPool(), condition, {
    space,
    tableIds,
    now: new Date(),
    after: behind,
    // One more tells whether there is another page.
    limit: limit + 1,
    canceller: getPool(),
    signal,
  });
  const members = found.slice(0, limit);
  const last = members.at(-1);
  return { members, next: found.length > limit && last ? writeCursor(last) : null };
}

const cursor = z.tuple([id, z.string().refine((customerId) => checkCustomerId(customerId).ok)]);

function writeCursor({ tableId, customerId }: Member): string {
  return Buffer.from(JSON.stringify([tableId, customerId])).toString('base64url');
}

function readCursor(text: string): Member {
  try {
    const json: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    const [tableId, customerId] = cursor.parse(json);
    return { tableId, customerId };
  } catch {
    throw errors.invalidFields({ after: 'Send `next` of the page before, as it was.' });
  }
}
