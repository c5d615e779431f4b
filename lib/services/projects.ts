import type { DbTransaction } from '#lib/db/client.ts';
import type { Project } from '#lib/db/generated/client.ts';
import type { Actor } from './actor.ts';
import { recordChange } from './audit.ts';

interface NewProject {
  readonly name: string;
  readonly serviceId: number;
}

/** Makes a project that is linked to a service, so that its audiences can use the service's attributes. */
export async function insertProject(
  tx: DbTransaction,
  actor: Actor,
  { name, serviceId }: NewProject,
): Promise<Project> {
  const project = await tx.project.create({
    data: { accountId: actor.accountId, name, serviceId },
  });
  await recordChange(tx, actor, {
    action: 'project.created',
    objectKind: 'project',
    objectId: project.id,
    objectName: name,
    after: { name, serviceId },
  });
  return project;
}
