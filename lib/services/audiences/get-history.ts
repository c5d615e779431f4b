import { getDb } from '#lib/db/client.ts';
import type { AudienceHistory } from '../../contracts/audiences.ts';
import type { Actor } from '../actor.ts';
import { requireScope } from '../permissions.ts';
import { readStandings } from './counts/read-standings.ts';
import { requireAudience } from './visible-audience.ts';

const mostCounts = 500;
const mostMarks = 200;

/** How an audience's size moved, and what may have moved it. @throws `not-found` */
export async function getHistory(actor: Actor, audienceId: number): Promise<AudienceHistory> {
  requireScope(actor, 'read-configuration');
  const audience = await requireAudience(getDb(), actor, audienceId);
  const counts = await getDb().audienceCount.findMany({
    where: { audienceId },
    orderBy: { countedAt: 'desc' },
    take: mostCounts,
  });
  const since = counts.at(-1)?.countedAt ?? audience.createdAt;
  const [edits, uploads] = await Promise.all([
    listEdits(audienceId, since),
    listUploads(audienceId, since),
  ]);
  return {
    counts: counts.reverse().map(({ size, total, countedAt, version }) => ({
      size: Number(size),
      total: Number(total),
      countedAt: countedAt.toISOString(),
      version,
    })),
    marks: [...edits, ...uploads].sort((a, b) => (a.at < b.at ? -1 : 1)),
  };
}

type Mark = AudienceHistory['marks'][number];

/** The save that the first count is of lies before it. */
async function listEdits(audienceId: number, since: Date): Promise<Mark[]> {
  const versions = await getDb().audienceVersion.findMany({
    where: { audienceId },
    select: { version: true, savedAt: true, savedBy: true },
    orderBy: { version: 'desc' },
    take: mostMarks,
  });
  const first = versions.find(({ savedAt }) => savedAt <= since)?.savedAt ?? since;
  return versions
    .filter(({ savedAt }) => savedAt >= first)
    .map(({ version, savedAt, savedBy }) => ({
      kind: 'edit',
      at: savedAt.toISOString(),
      version,
      by: savedBy,
    }));
}

async function listUploads(audienceId: number, since: Date): Promise<Mark[]> {
  const [standing] = await readStandings([audienceId]);
  const uploads = await getDb().upload.findMany({
    where: {
      tableId: { in: [...(standing?.tableIds ?? [])] },
      finishedAt: { gte: since },
      checkOnly: false,
      OR: [{ rowsChanged: { gt: 0 } }, { rowsCreated: { gt: 0 } }],
    },
    select: { id: true, fileName: true, finishedAt: true, table: { select: { name: true } } },
    orderBy: { finishedAt: 'desc' },
    take: mostMarks,
  });
  return uploads.flatMap(({ id, fileName, finishedAt, table }) =>
    finishedAt === null
      ? []
      : {
          kind: 'upload',
          at: finishedAt.toISOString(),
          uploadId: id,
          fileName,
          tableName: table.name,
        },
  );
}
