import { getDb } from '#lib/db/client.ts';
import { getGlancePool } from '#lib/db/pool.ts';
import type { AttributeInsight as StoredInsight } from '#lib/db/generated/client.ts';
import { attributeInsight, type AttributeInsight } from '../../contracts/audiences.ts';
import type { Actor } from '../actor.ts';
import { requireAttribute } from '../attributes/visible-attribute.ts';
import { requireScope } from '../permissions.ts';
import { columnOf } from './column-of.ts';
import { computeInsights } from './compute-insights.ts';
import { findUses } from './find-uses.ts';

/** What is known of an attribute's values; read now when nobody has looked yet. @throws `not-found` */
export async function getInsight(actor: Actor, attributeId: number): Promise<AttributeInsight> {
  requireScope(actor, 'read-profiles');
  const db = getDb();
  const attribute = await requireAttribute(db, actor, attributeId);
  const { tableId } = attribute;
  const stored =
    (await db.attributeInsight.findUnique({ where: { attributeId } })) ??
    (await computeInsights({ tableId, columns: [columnOf(attribute)], pool: getGlancePool() }))[0];
  if (!stored) throw new Error(`Attribute ${attributeId} gave no insight.`);
  const [lastUpload, uses] = await Promise.all([findLastUpload(tableId), findUses([attributeId])]);
  return { ...toInsight(stored), lastUpload, usedBy: uses.get(attributeId) ?? [] };
}

const kept = attributeInsight.pick({ top: true, histogram: true });

function toInsight(insight: StoredInsight): Omit<AttributeInsight, 'lastUpload' | 'usedBy'> {
  const { attributeId, rowsRead, isExact, fillRate, distinct, min, max } = insight;
  return {
    ...{ attributeId, rowsRead, isExact, fillRate, min, max },
    ...kept.parse({ top: insight.top, histogram: insight.histogram }),
    rowCount: Number(insight.rowCount),
    distinct: distinct === null ? null : Number(distinct),
    computedAt: insight.computedAt.toISOString(),
  };
}

/** The latest file that changed the table. */
async function findLastUpload(tableId: number): Promise<AttributeInsight['lastUpload']> {
  const found = await getDb().upload.findFirst({
    where: {
      ...{ tableId, finishedAt: { not: null }, checkOnly: false },
      OR: [{ rowsChanged: { gt: 0 } }, { rowsCreated: { gt: 0 } }],
    },
    select: { id: true, fileName: true, finishedAt: true },
    orderBy: { sequence: 'desc' },
  });
  if (!found?.finishedAt) return null;
  return { ...found, finishedAt: found.finishedAt.toISOString() };
}
