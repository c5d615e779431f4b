import { getDb } from '#lib/db/client.ts';
import { getCountPool, getPool } from '#lib/db/pool.ts';
import { ask } from '#lib/store/audience/ask.ts';
import { countByValue } from '#lib/store/audience/count-by-value.ts';
import type { AudienceBreakdown } from '../../../contracts/audiences.ts';
import { formatValue } from '../../../core/datatypes/format-value.ts';
import { errors } from '../../../core/errors.ts';
import type { Actor } from '../../actor.ts';
import { requireScope } from '../../permissions.ts';
import { bindAudience } from '../bind-audience.ts';
import { loadCatalog } from '../load-catalog.ts';
import { requireAudience } from '../visible-audience.ts';

const mostValues = 20;

interface BreakdownOptions {
  readonly attributeId: number;
  readonly signal: AbortSignal;
}

/**
 * Members of an audience by their value of an attribute of its service, counted now.
 *
 * @throws `not-found`, `conflict`, `aborted`, `unavailable`
 */
export async function getBreakdown(
  actor: Actor,
  audienceId: number,
  { attributeId, signal }: BreakdownOptions,
): Promise<AudienceBreakdown> {
  requireScope(actor, 'read-profiles');
  const started = performance.now();
  const audience = await requireAudience(getDb(), actor, audienceId);
  const { condition, space } = await bindAudience(audience);
  const attribute = await findAttribute(audience.project.serviceId, attributeId);
  const options = { attribute, mostValues, space, now: new Date() };
  const { values, ...sizes } = await ask(
    getCountPool(),
    (connection) => countByValue(connection, condition, options),
    { canceller: getPool(), signal },
  );
  return {
    attribute: { id: attribute.id, name: attribute.name, tableName: attribute.tableName },
    ...sizes,
    values: values.map(({ value, size }) => ({ value: formatValue(attribute.type, value), size })),
    milliseconds: Math.round(performance.now() - started),
  };
}

async function findAttribute(serviceId: number | null, attributeId: number) {
  const row = await getDb().attribute.findUnique({ where: { id: attributeId } });
  const catalog = await loadCatalog(getDb(), { projectId: 0, serviceId }, []);
  const attribute = row ? catalog.attribute(row.tableId, attributeId) : undefined;
  if (!attribute) throw errors.notFound('attribute', attributeId);
  return attribute;
}
