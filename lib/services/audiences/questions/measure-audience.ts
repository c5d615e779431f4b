import { getCountPool, getGlancePool, getPool } from '#lib/db/pool.ts';
import { ask } from '#lib/store/audience/ask.ts';
import type { AudienceSizeResponse } from '../../../contracts/audiences.ts';
import { placesOf, type Place } from '../../../core/audience/places.ts';
import type { Actor } from '../../actor.ts';
import { requireScope } from '../../permissions.ts';
import { bindQuestion, type BoundQuestion, type Question } from './bind-question.ts';
import { glanceAt, measureExactly, type Measured } from './measure.ts';
import { recallTotal } from './profile-total.ts';

export interface SizeQuestion extends Question {
  readonly precision: 'quick' | 'exact';
  readonly funnel: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * How many profiles conditions choose, of how many, and what each rule and group keeps. Needs the right to read
 * profiles: by conditions that are narrow enough their numbers tell anybody's values.
 *
 * @throws `not-found`, `conflict`, `aborted`, `unavailable`
 */
export async function measureAudience(
  actor: Actor,
  { funnel, precision, signal, ...question }: SizeQuestion,
): Promise<AudienceSizeResponse> {
  requireScope(actor, 'read-profiles');
  const started = performance.now();
  const bound = await bindQuestion(actor, question);
  const all = placesOf(bound.condition);
  const places = funnel ? all : all.slice(0, 1);
  const { counted, ...measured } = await measure({ ...bound, places }, { precision, signal });
  return {
    ...measured,
    milliseconds: Math.round(performance.now() - started),
    nodes: funnel ? counted.map((place) => ({ ...place, path: [...place.path] })) : null,
    faults: bound.faults.map(({ path, message }) => ({ path: [...path], message })),
  };
}

async function measure(
  { space, now, places }: BoundQuestion & { readonly places: readonly Place[] },
  { precision, signal }: Pick<SizeQuestion, 'precision' | 'signal'>,
): Promise<Measured> {
  if (space === null) return nobody(places);
  const options = { space, now, places, recalled: await recallTotal(getPool(), space) };
  const pool = precision === 'quick' ? getGlancePool() : getCountPool();
  const question = precision === 'quick' ? glanceAt : measureExactly;
  return ask(pool, (connection) => question(connection, options), {
    canceller: getPool(),
    signal,
  });
}

function nobody(places: readonly Place[]): Measured {
  return {
    ...{ size: 0, isExact: true, low: 0, high: 0, total: 0 },
    counted: places.map(({ path, within }) => ({ path, size: 0, remaining: within && 0 })),
  };
}
