import type { DbTransaction } from '#lib/db/client.ts';
import type { Attribute } from '#lib/db/generated/client.ts';
import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { visibleServices } from '../visible-services.ts';

/** The attribute, if the actor may see its table; to anybody else it does not exist. */
export async function requireAttribute(
  db: DbTransaction,
  actor: Actor,
  attributeId: number,
): Promise<Attribute> {
  const attribute = await db.attribute.findFirst({
    where: { id: attributeId, aliasTableId: null, table: { service: visibleServices(actor) } },
  });
  if (!attribute) throw errors.notFound('attribute', attributeId);
  return attribute;
}
