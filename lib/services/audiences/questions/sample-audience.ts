import { getDb, type DbTransaction } from '#lib/db/client.ts';
import { getCountPool, getPool } from '#lib/db/pool.ts';
import { ask } from '#lib/store/audience/ask.ts';
import { sampleMembers } from '#lib/store/audience/sample-members.ts';
import type { AudienceSampleResponse } from '../../../contracts/audiences.ts';
import type { BoundCondition, CatalogAttribute } from '../../../core/audience/bound-condition.ts';
import { placesOf } from '../../../core/audience/places.ts';
import { formatValue } from '../../../core/datatypes/format-value.ts';
import type { Actor } from '../../actor.ts';
import { requireScope } from '../../permissions.ts';
import { bindQuestion, type Question } from './bind-question.ts';

const mostMembers = 10;

/**
 * Some members with what the conditions look at.
 *
 * @throws `not-found`, `conflict`, `aborted`, `unavailable`
 */
export async function sampleAudience(
  actor: Actor,
  { signal, ...question }: Question & { readonly signal?: AbortSignal | undefined },
): Promise<AudienceSampleResponse> {
  requireScope(actor, 'read-configuration');
  requireScope(actor, 'read-profiles');
  const { condition, space, now, serviceId } = await bindQuestion(actor, question);
  const attributes = attributesOf(condition);
  if (space === null) return { attributes: [], members: [] };
  const options = { space, now, attributes, limit: mostMembers };
  const [members, names] = await Promise.all([
    ask(getCountPool(), (connection) => sampleMembers(connection, condition, options), {
      canceller: getPool(),
      signal,
    }),
    tableNames(getDb(), serviceId),
  ]);
  return {
    attributes: attributes.map(({ id, name, tableName }) => ({ id, name, tableName })),
    members: members.map(({ tableId, customerId, values }) => ({
      ...{ tableId, tableName: names.get(tableId) ?? '', customerId },
      values: attributes.map(({ type }, index) => {
        const value = values[index] ?? null;
        return value === null ? null : formatValue(type, value);
      }),
    })),
  };
}

/** Those that the conditions name themselves, each once, in their order. */
function attributesOf(condition: BoundCondition): CatalogAttribute[] {
  const attributes = new Map<number, CatalogAttribute>();
  for (const { condition: part } of placesOf(condition)) {
    if (part.kind === 'attribute') attributes.set(part.attribute.id, part.attribute);
  }
  return [...attributes.values()];
}

async function tableNames(
  db: DbTransaction,
  serviceId: number | null,
): Promise<ReadonlyMap<number, string>> {
  if (serviceId === null) return new Map();
  const tables = await db.table.findMany({
    where: { serviceId },
    select: { id: true, name: true },
  });
  return new Map(tables.map(({ id, name }) => [id, name]));
}
