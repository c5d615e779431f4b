import { getPool } from '#lib/db/pool.ts';
import { listAliasedUsers } from '#lib/store/alias-columns.ts';
import type { AudienceTestResponse } from '../../../contracts/audiences.ts';
import { explain } from '../../../core/audience/explain.ts';
import { tablesOf } from '../../../core/audience/tables-of.ts';
import { AppError, errors } from '../../../core/errors.ts';
import type { Actor } from '../../actor.ts';
import { findAliasTable } from '../../aliases/alias-table.ts';
import { requireScope } from '../../permissions.ts';
import { findProfileTable } from '../../profiles/find-profile-table.ts';
import { requireCustomerId } from '../../profiles/require-customer-id.ts';
import type { ProfileTable } from '../../profiles/profile-table.ts';
import { bindQuestion, type Question } from './bind-question.ts';
import { readProfileValues, type ProfileReference } from './read-profile-values.ts';
import { toExplanationResponse } from './to-explanation-response.ts';

/** More users than these are no identity any more, but a list. */
const mostUsers = 100;

/** So many are explained. */
const mostShown = 10;

export interface TestQuestion extends Question {
  readonly tableId: number;
  readonly customerId: string;
}

/**
 * Whether a customer is in the audience, and why, for each profile that the customer's row is part of.
 *
 * @throws `not-found`, also for a customer that nothing is known of; `invalid-fields`, `conflict`
 */
export async function testCustomer(
  actor: Actor,
  { tableId, customerId, ...question }: TestQuestion,
): Promise<AudienceTestResponse> {
  requireScope(actor, 'read-configuration');
  requireScope(actor, 'read-profiles');
  const { condition, serviceId, now } = await bindQuestion(actor, question);
  if (serviceId === null) throw errors.notFound('table', tableId);
  const table = await findProfileTable(actor, { serviceId, tableId });
  requireCustomerId(customerId);
  if (table.isArchived) {
    throw errors.invalidFields({ tableId: `The table "${table.name}" is archived.` });
  }
  const hub = await findAliasTable(actor, { serviceId });
  const used = tablesOf(condition);
  const profiles: AudienceTestResponse['profiles'] = [];
  const references = await findProfiles(table, hub, customerId);
  for (const reference of references.slice(0, mostUsers)) {
    const found = await readProfileValues(actor, { ...reference, hub, used });
    if (!found) continue;
    const explanation = explain(condition, { values: found.values, now });
    profiles.push({
      tableId: reference.table.id,
      tableName: reference.table.name,
      customerId: reference.customerId,
      isMember: explanation.verdict === true,
      explanation: toExplanationResponse(condition, explanation, found.texts),
    });
  }
  if (profiles.length === 0) throw noSuchCustomer(table);
  const [members = [], others = []] = [true, false].map((isMember) =>
    profiles.filter((profile) => profile.isMember === isMember),
  );
  return {
    isMember: members.length > 0,
    profileCount: profiles.length,
    isComplete: references.length <= mostUsers,
    profiles: [...members, ...others].slice(0, mostShown),
  };
}

/** The user; or the users that share the row; or the row itself when no user is aliased to it. */
async function findProfiles(
  table: ProfileTable,
  hub: ProfileTable,
  customerId: string,
): Promise<ProfileReference[]> {
  const own = [{ table, customerId }];
  const alias = hub.aliases.find(({ tableId }) => tableId === table.id);
  if (table.isOptimizely || !alias) return own;
  const column = { tableId: hub.id, attributeId: alias.attributeId };
  const users = await listAliasedUsers(getPool(), { ...column, customerId, limit: mostUsers + 1 });
  return users.length === 0 ? own : users.map((user) => ({ table: hub, customerId: user }));
}

function noSuchCustomer({ name }: ProfileTable): AppError {
  return new AppError({
    code: 'not-found',
    message: `The table "${name}" has no customer with this ID.`,
    status: 404,
  });
}
