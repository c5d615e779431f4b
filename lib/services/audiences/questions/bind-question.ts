import { parseConditionsText } from '../../../core/audience/parse-conditions.ts';
import { errors } from '../../../core/errors.ts';
import type { Actor } from '../../actor.ts';
import { bindInProject, type BoundInProject } from '../bind-in-project.ts';
import { findProject } from '../find-project.ts';

/** What is asked about conditions that need not be saved. */
export interface Question {
  readonly projectId?: number | undefined;
  /** The audience that they are for, if it has an id yet. */
  readonly audienceId?: number | undefined;
  /** JSON text. */
  readonly conditions: string;
}

export interface BoundQuestion extends BoundInProject {
  readonly serviceId: number | null;
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
  const project = await findProject(actor, projectId);
  const bound = await bindInProject(project, parsed.value, audienceId);
  return { ...bound, serviceId: project.serviceId, now: new Date() };
}
