import { getDb } from '#lib/db/client.ts';
import type { Prisma } from '#lib/db/generated/client.ts';
import type {
  AudiencePage,
  ListAudiencesParameters,
  ListedAudience,
} from '../../contracts/audiences.ts';
import type { Actor } from '../actor.ts';
import { escapeLike } from '../escape-like.ts';
import { requireScope } from '../permissions.ts';
import { visibleProjects } from '../projects.ts';
import { standingsOf } from './counts/read-standings.ts';
import { readTrends } from './counts/read-trends.ts';
import { loadCatalog, storedCondition } from './load-catalog.ts';
import { toAudienceSummary } from './to-audience-response.ts';
import { audienceParts, type StoredAudience } from './visible-audience.ts';

/** One page of the account's audiences, or of one project's. */
export async function listAudiences(
  actor: Actor,
  parameters: ListAudiencesParameters,
): Promise<AudiencePage> {
  requireScope(actor, 'read-configuration');
  const entries = await getDb().audience.findMany({
    where: matching(actor, parameters),
    select: { id: true, name: true, updatedAt: true, lastCount: { select: { size: true } } },
  });
  const start = (parameters.page - 1) * parameters.perPage;
  const ids = entries
    .sort(comparing(parameters))
    .slice(start, start + parameters.perPage)
    .map(({ id }) => id);
  return { items: await summarise(ids), total: entries.length };
}

function matching(
  actor: Actor,
  { projectId, search, status }: ListAudiencesParameters,
): Prisma.AudienceWhereInput {
  const words = search.trim();
  const byId = /^[1-9]\d{0,8}$/.test(words) ? [{ id: Number(words) }] : [];
  const text = { contains: escapeLike(words), mode: 'insensitive' } as const;
  return {
    project: visibleProjects(actor),
    ...(projectId === undefined ? {} : { projectId }),
    ...(status === 'all' ? {} : { archived: status === 'archived' }),
    ...(words === '' ? {} : { OR: [{ name: text }, { description: text }, ...byId] }),
  };
}

interface Entry {
  readonly id: number;
  readonly name: string;
  readonly updatedAt: Date;
  readonly lastCount: { readonly size: bigint } | null;
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const comparisons: Record<ListAudiencesParameters['sort'], (a: Entry, b: Entry) => number> = {
  name: (a, b) => collator.compare(a.name, b.name),
  // One that was not counted yet comes before the empty ones.
  size: (a, b) => Number(a.lastCount?.size ?? -1) - Number(b.lastCount?.size ?? -1),
  modified: (a, b) => a.updatedAt.getTime() - b.updatedAt.getTime(),
};

function comparing({ sort, direction }: Pick<ListAudiencesParameters, 'sort' | 'direction'>) {
  const sign = direction === 'asc' ? 1 : -1;
  return (a: Entry, b: Entry) =>
    sign * comparisons[sort](a, b) || collator.compare(a.name, b.name) || a.id - b.id;
}

/** In the order of `ids`. */
async function summarise(ids: readonly number[]): Promise<ListedAudience[]> {
  const audiences: StoredAudience[] = await getDb().audience.findMany({
    where: { id: { in: [...ids] } },
    include: audienceParts,
  });
  const [standings, trends] = await Promise.all([standingsOf(ids), readTrends(ids)]);
  const byId = new Map<number, ListedAudience>();
  for (const [projectId, ofProject] of Map.groupBy(audiences, (one) => one.projectId)) {
    const serviceId = ofProject[0]?.project.serviceId ?? null;
    const [catalog, usedBy] = await Promise.all([
      loadCatalog(getDb(), { projectId, serviceId }, ofProject.map(storedCondition)),
      findUsers(ofProject.map(({ id }) => id)),
    ]);
    for (const audience of ofProject) {
      const surroundings = { catalog, standings, usedBy: usedBy.get(audience.id) ?? [] };
      const trend = trends.get(audience.id) ?? [];
      byId.set(audience.id, { ...toAudienceSummary(audience, surroundings), trend });
    }
  }
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** By audience, those that refer to it. */
async function findUsers(ids: readonly number[]) {
  const users = await getDb().audience.findMany({
    where: { audienceIds: { hasSome: [...ids] } },
    select: { id: true, name: true, audienceIds: true },
  });
  return new Map(
    ids.map((id) => [id, users.filter(({ audienceIds }) => audienceIds.includes(id))]),
  );
}
