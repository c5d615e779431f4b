import type { ProfileSpace } from '#lib/store/audience/profile-space.ts';
import type { BoundCondition } from '../../core/audience/bound-condition.ts';
import { errors } from '../../core/errors.ts';
import { bindInProject } from './bind-in-project.ts';
import { storedCondition } from './load-catalog.ts';
import type { StoredAudience } from './visible-audience.ts';

interface BoundAudience {
  readonly condition: BoundCondition;
  readonly space: ProfileSpace;
}

/**
 * A saved audience as it can be asked of the database now.
 *
 * @throws `conflict` while its project is not linked to a service
 */
export async function bindAudience(audience: StoredAudience): Promise<BoundAudience> {
  const { id, project } = audience;
  const { condition, space } = await bindInProject(project, storedCondition(audience), id);
  if (space !== null) return { condition, space };
  throw errors.conflict(
    `The project "${project.name}" is not linked to a service. Link one first.`,
  );
}
