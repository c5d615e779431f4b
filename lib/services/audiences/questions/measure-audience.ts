import { getCountPool, getPool } from '#lib/db/pool.ts';
import { ask } from '#lib/store/audience/ask.ts';
import { countMembers } from '#lib/store/audience/count-members.ts';
import { countPlaces, type CountedPlace } from '#lib/store/audience/count-places.ts';
import { countProfiles } from '#lib/store/audience/count-profiles.ts';
import type { AudienceSizeResponse } from '../../../contracts/audiences.ts';
import type { BoundCondition } from '../../../core/audience/bound-condition.ts';
import { placesOf } from '../../../core/audience/places.ts';
import type { Actor } from '../../actor.ts';
import { requireScope } from '../../permissions.ts';
import { bindQuestion, type BoundQuestion, type Question } from './bind-question.ts';

export interface SizeQuestion extends Question {
  readonly precision: 'quick' | 'exact';
  readonly funnel: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * How many profiles conditions choose, of how many, and what each rule and group keeps.
 *
 * @throws `not-found`, `conflict`, `aborted`, `unavailable`
 */
export async function measureAudience(
  actor: Actor,
  { funnel, signal, ...question }: SizeQuestion,
): Promise<AudienceSizeResponse> {
  requireScope(actor, 'read-configuration');
  const started = performance.now();
  const bound = await bindQuestion(actor, question);
  const { size, total, places } = await countExactly(bound, { funnel, signal });
  return {
    ...{ size, isExact: true, low: size, high: size, total },
    milliseconds: Math.round(performance.now() - started),
    nodes: places && places.map((place) => ({ ...place, path: [...place.path] })),
    faults: bound.faults.map(({ path, message }) => ({ path: [...path], message })),
  };
}

interface Measured {
  readonly size: number;
  readonly total: number;
  readonly places: readonly CountedPlace[] | null;
}

async function countExactly(
  { condition, space, now }: BoundQuestion,
  { funnel, signal }: Pick<SizeQuestion, 'funnel' | 'signal'>,
): Promise<Measured> {
  if (space === null) return nobody(condition, funnel);
  return ask(
    getCountPool(),
    async (connection) => {
      const options = { space, now };
      const total = await countProfiles(connection, space);
      const places = funnel ? await countPlaces(connection, condition, options) : null;
      const size = places
        ? (places[0]?.size ?? 0)
        : await countMembers(connection, condition, options);
      return { size, total, places };
    },
    { canceller: getPool(), signal },
  );
}

function nobody(condition: BoundCondition, funnel: boolean): Measured {
  const places = placesOf(condition).map(({ path, within }) => {
    return { path, size: 0, remaining: within && 0 };
  });
  return { size: 0, total: 0, places: funnel ? places : null };
}
