import { getDb } from '#lib/db/client.ts';
import type { Project } from '#lib/db/generated/client.ts';
import type { ProfileSpace } from '#lib/store/audience/profile-space.ts';
import { bindConditions, type Binding } from '../../core/audience/bind-conditions.ts';
import type { Condition } from '../../core/audience/condition.ts';
import { loadCatalog } from './load-catalog.ts';
import { loadProfileSpace } from './load-space.ts';

export interface BoundInProject extends Binding {
  /** The profiles to choose from; `null` without a service, where there is nobody. */
  readonly space: ProfileSpace | null;
}

/** What conditions mean in a project now, and whom they choose from. */
export async function bindInProject(
  { id: projectId, serviceId }: Project,
  condition: Condition,
  audienceId?: number,
): Promise<BoundInProject> {
  const [catalog, space] = await Promise.all([
    loadCatalog(getDb(), { projectId, serviceId }, [condition]),
    serviceId === null ? null : loadProfileSpace(getDb(), serviceId),
  ]);
  return { ...bindConditions(condition, { catalog, audienceId }), space };
}
