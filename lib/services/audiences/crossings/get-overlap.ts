import { getDb } from '#lib/db/client.ts';
import { getCountPool, getPool } from '#lib/db/pool.ts';
import { ask } from '#lib/store/audience/ask.ts';
import { countOverlap } from '#lib/store/audience/count-overlap.ts';
import { countProfiles } from '#lib/store/audience/count-profiles.ts';
import type { AudienceOverlap } from '../../../contracts/audiences.ts';
import { errors } from '../../../core/errors.ts';
import type { Actor } from '../../actor.ts';
import { requireScope } from '../../permissions.ts';
import { bindAudience } from '../bind-audience.ts';
import { requireAudience } from '../visible-audience.ts';

/**
 * Who is in which of two or three audiences of one project, counted now, all at one moment.
 *
 * @throws `not-found`, `invalid-fields` when they are of several projects, `conflict`, `aborted`, `unavailable`
 */
export async function getOverlap(
  actor: Actor,
  audienceIds: readonly number[],
  signal: AbortSignal,
): Promise<AudienceOverlap> {
  requireScope(actor, 'read-configuration');
  const started = performance.now();
  const audiences = await Promise.all(
    audienceIds.map((audienceId) => requireAudience(getDb(), actor, audienceId)),
  );
  if (new Set(audiences.map(({ projectId }) => projectId)).size > 1) {
    throw errors.invalidFields({ ids: 'Name audiences of one project.' });
  }
  const bound = await Promise.all(audiences.map(bindAudience));
  const space = bound[0]?.space;
  if (!space) throw errors.invalidFields({ ids: 'Name two or three audiences.' });
  const conditions = bound.map(({ condition }) => condition);
  const { regions, total } = await ask(
    getCountPool(),
    async (connection) => ({
      total: await countProfiles(connection, space),
      regions: await countOverlap(connection, conditions, { space, now: new Date() }),
    }),
    { canceller: getPool(), signal },
  );
  return {
    audiences: audiences.map(({ id, name }, index) => ({
      ...{ id, name },
      size: regions
        .filter(({ indexes }) => indexes.includes(index))
        .reduce((sum, { size }) => sum + size, 0),
    })),
    regions: regions.map(({ indexes, size }) => ({
      ids: indexes.flatMap((index) => audiences[index]?.id ?? []),
      size,
    })),
    total,
    milliseconds: Math.round(performance.now() - started),
  };
}
