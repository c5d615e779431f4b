import type { DbTransaction } from '#lib/db/client.ts';
import type { Audience, AudienceCount, Project } from '#lib/db/generated/client.ts';
import { lockRow } from '#lib/db/locks.ts';
import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { visibleProjects } from '../projects.ts';

export interface StoredAudience extends Audience {
  readonly project: Project;
  readonly lastCount: AudienceCount | null;
}

export const audienceParts = { project: true, lastCount: true } as const;

/** The audience, if the actor may see its project; to anybody else it does not exist. */
export async function requireAudience(
  db: DbTransaction,
  actor: Actor,
  audienceId: number,
): Promise<StoredAudience> {
  const audience = await db.audience.findFirst({
    where: { id: audienceId, project: visibleProjects(actor) },
    include: audienceParts,
  });
  if (!audience) throw errors.notFound('audience', audienceId);
  return audience;
}

/**
 * As `requireAudience`, and holds other changes of the project's audiences back until the transaction ends: two of
 * them, saved at the same time, must not come to refer to each other.
 */
export async function lockAudience(
  tx: DbTransaction,
  actor: Actor,
  audienceId: number,
): Promise<StoredAudience> {
  const { projectId } = await requireAudience(tx, actor, audienceId);
  await lockRow(tx, 'Project', projectId);
  return requireAudience(tx, actor, audienceId);
}
