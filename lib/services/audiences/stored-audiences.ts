import { getDb } from '#lib/db/client.ts';
import type { Audience } from '#lib/db/generated/client.ts';
import type { Actor } from '../actor.ts';
import { requireScope } from '../permissions.ts';
import { requireProject } from '../projects.ts';
import { requireAudience } from './visible-audience.ts';

/** As they are stored, in the order of their ids. @throws `not-found` */
export async function listProjectAudiences(actor: Actor, projectId: number): Promise<Audience[]> {
  requireScope(actor, 'read-configuration');
  await requireProject(getDb(), actor, projectId);
  return getDb().audience.findMany({ where: { projectId }, orderBy: { id: 'asc' } });
}

/** @throws `not-found` */
export async function readAudience(actor: Actor, audienceId: number): Promise<Audience> {
  requireScope(actor, 'read-configuration');
  return requireAudience(getDb(), actor, audienceId);
}
