import { getRowPool } from '#lib/db/pool.ts';
import { readProfilesOf, type ProfileValues } from '#lib/store/audience/read-values.ts';
import type { CustomerAudiences } from '../../contracts/profile-api.ts';
import type { CatalogAttribute } from '../../core/audience/bound-condition.ts';
import { evaluate } from '../../core/audience/evaluate.ts';
import { typedValue, type TypedValue } from '../../core/audience/typed-value.ts';
import type { Actor } from '../actor.ts';
import type { Facts } from '../facts/facts.ts';
import { FactsChanged } from '../facts/with-facts.ts';
import { requireScope } from '../permissions.ts';
import type { CustomerReference } from '../profiles.ts';
import { findProfileTable } from '../profiles/find-profile-table.ts';
import { requireCustomerId } from '../profiles/require-customer-id.ts';

/** More users than these are no identity any more, but a list. */
const mostUsers = 100;

/**
 * The audiences that a customer is in at this moment, evaluated in memory. Nobody known is in none.
 *
 * @param facts of `withFacts`
 */
export async function findAudiencesOf(
  actor: Actor,
  { customerId, ...reference }: CustomerReference,
  facts: Facts,
): Promise<CustomerAudiences> {
  requireScope(actor, 'read-profiles');
  const { id: tableId, serviceId } = await findProfileTable(actor, reference, facts);
  requireCustomerId(customerId);
  const known = await facts.audiences(serviceId);
  const found = await readProfilesOf(getRowPool(), known.reading(tableId), {
    customerId,
    mostUsers,
  });
  if (found.factsVersion !== facts.version) throw new FactsChanged();
  const now = new Date();
  const profiles = found.profiles.map((profile) => typedValues(profile, known.attributes));
  const audiences = known.audiences.filter(({ condition }) =>
    profiles.some((values) => evaluate(condition, { values, now }) === true),
  );
  return {
    dcpServiceId: String(serviceId),
    datasourceId: String(tableId),
    customerId,
    audiences: audiences.map(({ id, projectId, name }) => ({
      id: String(id),
      projectId: String(projectId),
      name,
    })),
    profiles: profiles.length,
    complete: found.isComplete,
  };
}

function typedValues(
  profile: ProfileValues,
  attributes: ReadonlyMap<number, CatalogAttribute>,
): ReadonlyMap<number, TypedValue> {
  const values = new Map<number, TypedValue>();
  for (const [attributeId, text] of profile) {
    const attribute = attributes.get(attributeId);
    if (attribute) values.set(attributeId, typedValue(attribute.type, text));
  }
  return values;
}
