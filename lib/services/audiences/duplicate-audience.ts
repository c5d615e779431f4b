import { getDb } from '#lib/db/client.ts';
import type { Actor } from '../actor.ts';
import { createAudience } from './save-audience.ts';
import { requireAudience } from './visible-audience.ts';

const longestName = 200;

/** A copy in the same project; gives its id. What broke in the original cannot be copied. @throws `invalid-fields` */
export async function duplicateAudience(actor: Actor, audienceId: number): Promise<number> {
  const { projectId, name, description, conditions, layout } = await requireAudience(
    getDb(),
    actor,
    audienceId,
  );
  const suffix = ' (copy)';
  return createAudience(actor, {
    projectId,
    name: `${name.slice(0, longestName - suffix.length)}${suffix}`,
    description,
    conditions,
    layout,
  });
}
