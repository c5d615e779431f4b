import { getDb } from '#lib/db/client.ts';
import type { ProfileSpace } from '#lib/store/audience/profile-space.ts';
import { bindConditions, type Binding } from '../../../core/audience/bind-conditions.ts';
import type { Condition } from '../../../core/audience/condition.ts';
import { parseConditionsText } from '../../../core/audience/parse-conditions.ts';
import { errors } from '../../../core/errors.ts';
import type { Actor } from '../../actor.ts';
import { findProject } from '../find-project.ts';
import { loadCatalog } from '../load-catalog.ts';
import { loadProfileSpace } from '../load-space.ts';

/** What is asked about conditions that need not be saved. */
export interface Question {
  readonly projectId?: number | undefined;
  /** The audience that they are for, if it has an id yet. */
  readonly audienceId?: number | undefined;
  /** JSON text. */
  readonly conditions: string;
}

export interface BoundQuestion extends Binding {
  readonly serviceId: number | null;
  readonly parsed: Condition;
  /** `null` without a service, where there is nobody. */
  readonly space: ProfileSpace | null;
  readonly now: Date;
}

/**
 * What the conditions mean in a project that the actor may see. Rules that cannot be asked are faults in the answer, not
 * errors: the builder shows the others' numbers meanwhile.
 *
 * @throws `not-found`, `conflict`
 */
export async function bindQuestion(
  actor: Actor,
  { projectId, audienceId, conditions }: Question,
): Promise<BoundQuestion> {
  const parsed = parseConditionsText(conditions);
  if (!parsed.ok) throw errors.invalidFields({ conditions: parsed.error[0]?.message ?? '' });
  const { id, serviceId } = await findProject(actor, projectId);
  const [catalog, space] = await Promise.all([
    loadCatalog(getDb(), { projectId: id, serviceId }, [parsed.value]),
    serviceId === null ? null : loadProfileSpace(getDb(), serviceId),
  ]);
  const binding = bindConditions(parsed.value, { catalog, audienceId });
  return { ...binding, serviceId, parsed: parsed.value, space, now: new Date() };
}
