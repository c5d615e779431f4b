import { getDb } from '#lib/db/client.ts';
import { getGlancePool } from '#lib/db/pool.ts';
import { suggestValues } from '#lib/store/insight/suggest-values.ts';
import type { SuggestedValues, SuggestValuesParameters } from '../../contracts/audiences.ts';
import { formatValue } from '../../core/datatypes/format-value.ts';
import type { Actor } from '../actor.ts';
import { requireAttribute } from '../attributes/visible-attribute.ts';
import { requireScope } from '../permissions.ts';
import { columnOf } from './column-of.ts';

/** Values that customers have and that begin with a text. @throws `not-found` */
export async function suggestAttributeValues(
  actor: Actor,
  attributeId: number,
  { prefix, limit }: SuggestValuesParameters,
): Promise<SuggestedValues> {
  requireScope(actor, 'read-profiles');
  const attribute = await requireAttribute(getDb(), actor, attributeId);
  const column = columnOf(attribute);
  const { tableId } = attribute;
  const { values, isComplete } = await suggestValues(getGlancePool(), {
    tableId,
    column,
    prefix,
    limit,
  });
  return { values: values.map((value) => formatValue(column.type, value)), isComplete };
}
