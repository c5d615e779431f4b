import type { DbTransaction } from '#lib/db/client.ts';
import type { ProfileSpace } from '#lib/store/audience/profile-space.ts';
import { bindConditions } from '../../core/audience/bind-conditions.ts';
import type { BoundCondition } from '../../core/audience/bound-condition.ts';
import { errors } from '../../core/errors.ts';
import { loadCatalog, storedCondition } from './load-catalog.ts';
import { loadProfileSpace } from './load-space.ts';
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
export async function bindAudience(
  db: DbTransaction,
  audience: StoredAudience,
): Promise<BoundAudience> {
  const { id, projectId, project } = audience;
  const { serviceId } = project;
  if (serviceId === null) {
    throw errors.conflict(
      `The project "${project.name}" is not linked to a service. Link one first.`,
    );
  }
  const stored = storedCondition(audience);
  const [catalog, space] = await Promise.all([
    loadCatalog(db, { projectId, serviceId }, [stored]),
    loadProfileSpace(db, serviceId),
  ]);
  return { condition: bindConditions(stored, { catalog, audienceId: id }).condition, space };
}
