import { getDb } from '#lib/db/client.ts';
import type { AudienceResponse } from '../../contracts/audiences.ts';
import type { Actor } from '../actor.ts';
import { requireScope } from '../permissions.ts';
import { standingsOf } from './counts/read-standings.ts';
import { loadCatalog, storedCondition } from './load-catalog.ts';
import { toAudienceResponse } from './to-audience-response.ts';
import { requireAudience } from './visible-audience.ts';

/** @throws `not-found` */
export async function getAudience(actor: Actor, audienceId: number): Promise<AudienceResponse> {
  requireScope(actor, 'read-configuration');
  const db = getDb();
  const audience = await requireAudience(db, actor, audienceId);
  const { projectId, project, audienceIds } = audience;
  const link = { id: true, name: true, archived: true } as const;
  const [catalog, standings, usedBy, uses] = await Promise.all([
    loadCatalog(db, { projectId, serviceId: project.serviceId }, [storedCondition(audience)]),
    standingsOf([audienceId]),
    db.audience.findMany({
      where: { projectId, audienceIds: { has: audienceId } },
      select: link,
      orderBy: { id: 'asc' },
    }),
    db.audience.findMany({ where: { projectId, id: { in: audienceIds } }, select: link }),
  ]);
  return toAudienceResponse(audience, { catalog, standings, usedBy, uses });
}
