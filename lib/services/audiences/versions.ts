import { getDb } from '#lib/db/client.ts';
import type { AudienceVersions } from '../../contracts/audiences.ts';
import { bindConditions } from '../../core/audience/bind-conditions.ts';
import { describe } from '../../core/audience/describe.ts';
import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { requireScope } from '../permissions.ts';
import { loadCatalog, storedCondition } from './load-catalog.ts';
import { saveAudience } from './save-audience.ts';
import { requireAudience } from './visible-audience.ts';

const mostListed = 200;

/** The latest first. Words are what the conditions mean today. */
export async function listVersions(actor: Actor, audienceId: number): Promise<AudienceVersions> {
  requireScope(actor, 'read-configuration');
  const db = getDb();
  const { projectId, project } = await requireAudience(db, actor, audienceId);
  const versions = await db.audienceVersion.findMany({
    where: { audienceId },
    orderBy: { version: 'desc' },
    take: mostListed,
  });
  const conditions = versions.map(storedCondition);
  const catalog = await loadCatalog(db, { projectId, serviceId: project.serviceId }, conditions);
  return {
    versions: versions.map(({ savedAt, ...version }) => {
      const { condition } = bindConditions(storedCondition(version), { catalog, audienceId });
      return { ...version, words: describe(condition), savedAt: savedAt.toISOString() };
    }),
  };
}

interface RestoreOptions {
  readonly audienceId: number;
  /** The one to bring back. */
  readonly version: number;
  /** The one that is current, as in a save. */
  readonly base: number;
}

/** Makes an earlier version the newest one. @throws as `saveAudience` */
export async function restoreVersion(
  actor: Actor,
  { audienceId, version, base }: RestoreOptions,
): Promise<void> {
  const db = getDb();
  await requireAudience(db, actor, audienceId);
  const found = await db.audienceVersion.findUnique({
    where: { audienceId_version: { audienceId, version } },
  });
  if (!found) throw errors.notFound('version', version);
  const { name, description, conditions, layout } = found;
  const content = { name, description, conditions, layout };
  await saveAudience(actor, audienceId, { ...content, version: base, restoredFrom: version });
}
