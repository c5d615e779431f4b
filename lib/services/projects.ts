import { getDb, type DbTransaction } from '#lib/db/client.ts';
import type { Prisma, Project } from '#lib/db/generated/client.ts';
import { errors } from '../core/errors.ts';
import type { Actor } from './actor.ts';
import { recordChange } from './audit.ts';
import { describeChanges } from './describe-changes.ts';
import { requireRole, requireScope } from './permissions.ts';
import { inTransaction } from './transaction.ts';
import { visibleServices } from './visible-services.ts';

export interface NewProject {
  readonly name: string;
  readonly archived?: boolean;
  /** The service that the project's audiences may use. */
  readonly serviceId: number | null;
}

export interface ProjectChange {
  readonly name?: string | undefined;
  readonly archived?: boolean | undefined;
  readonly serviceId?: number | null | undefined;
}

export async function listProjects(actor: Actor): Promise<Project[]> {
  requireScope(actor, 'read-configuration');
  return getDb().project.findMany({ where: visibleProjects(actor), orderBy: { id: 'asc' } });
}

/** @throws `not-found` */
export async function getProject(actor: Actor, projectId: number): Promise<Project> {
  requireScope(actor, 'read-configuration');
  return requireProject(getDb(), actor, projectId);
}

/** @throws `forbidden`, `invalid-fields` on `serviceId` */
export async function createProject(actor: Actor, project: NewProject): Promise<Project> {
  requireScope(actor, 'write-configuration');
  requireRole(actor, 'editor');
  return inTransaction(async (tx) => {
    await requireLinkable(tx, actor, project.serviceId);
    return insertProject(tx, actor, project);
  });
}

/** Changes what is named; linking and unlinking the service included. */
export async function updateProject(
  actor: Actor,
  projectId: number,
  wanted: ProjectChange,
): Promise<Project> {
  requireScope(actor, 'write-configuration');
  requireRole(actor, 'editor');
  return inTransaction(async (tx) => {
    const project = await requireProject(tx, actor, projectId);
    const changes = describeChanges({ ...project }, { ...wanted });
    if (!changes) return project;
    if (wanted.serviceId !== undefined) await requireLinkable(tx, actor, wanted.serviceId);
    const updated = await tx.project.update({ where: { id: projectId }, data: changes.after });
    await recordChange(tx, actor, {
      action: 'project.updated',
      objectKind: 'project',
      objectId: projectId,
      objectName: updated.name,
      ...changes,
    });
    return updated;
  });
}

export async function insertProject(
  tx: DbTransaction,
  actor: Actor,
  project: NewProject,
): Promise<Project> {
  const created = await tx.project.create({ data: { ...project, accountId: actor.accountId } });
  await recordChange(tx, actor, {
    action: 'project.created',
    objectKind: 'project',
    objectId: created.id,
    objectName: created.name,
    after: { ...project },
  });
  return created;
}

/** A token of one service links to that one alone, and must not lose sight of the project. */
async function requireLinkable(
  tx: DbTransaction,
  actor: Actor,
  serviceId: number | null,
): Promise<void> {
  const where = visibleServices(actor);
  if (serviceId === null && where.id === undefined) return;
  const found =
    serviceId !== null &&
    (await tx.service.findFirst({ where: { AND: [where, { id: serviceId }] } }));
  if (found) return;
  throw errors.invalidFields({ serviceId: `There is no service ${serviceId}.` });
}

export async function requireProject(
  db: DbTransaction,
  actor: Actor,
  id: number,
): Promise<Project> {
  const project = await db.project.findFirst({ where: { ...visibleProjects(actor), id } });
  if (!project) throw errors.notFound('project', id);
  return project;
}

/** Those of the account; for a token of one service, those that are linked to it. */
export function visibleProjects(actor: Actor): Prisma.ProjectWhereInput {
  const { accountId, id } = visibleServices(actor);
  return id === undefined ? { accountId } : { accountId, serviceId: id };
}
