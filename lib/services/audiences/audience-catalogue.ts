import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { countRows } from '#lib/store/row-counts.ts';
import type { AudienceCatalogue, ProjectParameters } from '../../contracts/audiences.ts';
import type { Actor } from '../actor.ts';
import { toAttributeResponse } from '../attributes/to-attribute-response.ts';
import { requireScope } from '../permissions.ts';
import { visibleProjects } from '../projects.ts';
import { findProject } from './find-project.ts';

/** What rules of a project's audiences can be about. @throws `not-found`, `conflict` */
export async function getAudienceCatalogue(
  actor: Actor,
  { projectId }: ProjectParameters,
): Promise<AudienceCatalogue> {
  requireScope(actor, 'read-configuration');
  const db = getDb();
  const project = await findProject(actor, projectId);
  const [projects, tables] = await Promise.all([
    db.project.findMany({
      where: { AND: [visibleProjects(actor), { archived: false, serviceId: { not: null } }] },
      select: { id: true, name: true },
      orderBy: { id: 'asc' },
    }),
    project.serviceId === null ? [] : readTables(project.serviceId),
  ]);
  const rows = await countRows(
    getPool(),
    tables.map(({ id }) => id),
  );
  return {
    project: { id: project.id, name: project.name, serviceId: project.serviceId },
    projects,
    tables: tables.map(({ id, name, isOptimizely, archived, attributes }) => ({
      ...{ id, name, isOptimizely, archived },
      rowCount: rows.get(id) ?? 0,
      attributes: attributes.map((attribute) => {
        const { archivedAt, ...rest } = toAttributeResponse(attribute);
        const { description, datatype, format } = rest;
        return {
          ...{ id: rest.id, name: rest.name, description, datatype, format },
          archived: archivedAt !== null,
          fillRate: attribute.insight?.fillRate ?? null,
        };
      }),
    })),
  };
}

function readTables(serviceId: number) {
  return getDb().table.findMany({
    where: { serviceId },
    include: {
      attributes: {
        where: { aliasTableId: null },
        include: { insight: { select: { fillRate: true } } },
        orderBy: { id: 'asc' },
      },
    },
    orderBy: { id: 'asc' },
  });
}
