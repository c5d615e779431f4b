import { getDb } from '#lib/db/client.ts';
import type { Project } from '#lib/db/generated/client.ts';
import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { requireProject, visibleProjects } from '../projects.ts';

/** The project that is named, or the first one that is linked to a service. @throws `not-found`, `conflict` */
export async function findProject(actor: Actor, projectId: number | undefined): Promise<Project> {
  if (projectId !== undefined) return requireProject(getDb(), actor, projectId);
  const project = await getDb().project.findFirst({
    where: { AND: [visibleProjects(actor), { archived: false, serviceId: { not: null } }] },
    orderBy: { id: 'asc' },
  });
  if (project) return project;
  throw errors.conflict('This account has no project that is linked to a service. Link one first.');
}
