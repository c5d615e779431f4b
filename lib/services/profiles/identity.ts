import { getDb } from '#lib/db/client.ts';
import { getPool, getRowPool } from '#lib/db/pool.ts';
import { listAliasedUsers } from '#lib/store/alias-columns.ts';
import { readProfile } from '#lib/store/read-profile.ts';
import type {
  Alias,
  IdentityResponse,
  ReadProfileParameters,
  SetAliasRequest,
} from '../../contracts/profiles.ts';
import { AppError } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { findAliasTable } from '../aliases/alias-table.ts';
import { aliasColumns, setAliases, toAliases } from '../aliases/aliases.ts';
import { lookUpProfile } from '../profiles.ts';
import { requireTable } from '../tables/visible-table.ts';
import { findProfileTable } from './find-profile-table.ts';
import type { ProfileTable } from './profile-table.ts';
import { requireCustomerId } from './require-customer-id.ts';

/** More users than these are no identity any more, but a list. */
const mostUsers = 100;

/** The dashboard's view of who else a customer is, with the rows of all tables when it is one user. */
export async function lookUpIdentity(
  actor: Actor,
  { tableId, customerId }: ReadProfileParameters,
): Promise<IdentityResponse> {
  const table = await findProfileTable(actor, { tableId });
  requireCustomerId(customerId);
  const builtIn = await findAliasTable(actor, { serviceId: table.serviceId });
  const users = await listUsers(builtIn, { tableId, customerId });
  const [user] = users;
  const userId = users.length === 1 && user !== undefined ? user : null;
  const aliases = userId === null ? [] : await listAliases(builtIn, userId);
  const others = [
    ...(userId === null ? [] : [{ tableId: builtIn.id, customerId: userId }]),
    ...aliases,
  ].filter((row) => row.tableId !== tableId);
  const profiles = await Promise.all(others.map((row) => lookUpProfile(actor, row)));
  return {
    builtIn: { tableId: builtIn.id, tableName: builtIn.name },
    users,
    userId,
    aliases,
    profiles: profiles.filter(({ found }) => found),
  };
}

/** Aliases a user to one customer, or removes that alias. Faults are named by the form's own fields. */
export async function setAlias(
  actor: Actor,
  { userId, tableId, customerId }: SetAliasRequest,
): Promise<void> {
  const { serviceId } = await requireTable(getDb(), actor, tableId);
  const builtIn = await findAliasTable(actor, { serviceId });
  const user = { serviceId, tableId: builtIn.id, customerId: userId };
  try {
    await setAliases(actor, user, { data: { [tableId]: customerId } });
  } catch (error) {
    throw error instanceof AppError ? withFormFields(error, tableId) : error;
  }
}

async function listUsers(
  builtIn: ProfileTable,
  { tableId, customerId }: ReadProfileParameters,
): Promise<string[]> {
  if (tableId === builtIn.id) return [customerId];
  const alias = builtIn.aliases.find((candidate) => candidate.tableId === tableId);
  if (!alias) return [];
  const column = { tableId: builtIn.id, attributeId: alias.attributeId };
  return listAliasedUsers(getPool(), { ...column, customerId, limit: mostUsers });
}

async function listAliases(builtIn: ProfileTable, userId: string): Promise<Alias[]> {
  const columns = aliasColumns(builtIn);
  const row = await readProfile(getRowPool(), { tableId: builtIn.id, columns, customerId: userId });
  if (!row) return [];
  const aliases = toAliases(builtIn, row.values);
  const tables = await getDb().table.findMany({
    where: { id: { in: [...aliases.keys()] } },
    select: { id: true, name: true },
    orderBy: { id: 'asc' },
  });
  return tables.map(({ id, name }) => ({
    tableId: id,
    tableName: name,
    customerId: aliases.get(id) ?? '',
  }));
}

function withFormFields(error: AppError, tableId: number): AppError {
  const { [String(tableId)]: customerId, customerId: userId } = error.fields ?? {};
  const { code, status } = error;
  if (customerId !== undefined) {
    return new AppError({ code, status, message: customerId, fields: { customerId } });
  }
  if (userId === undefined) return error;
  return new AppError({ code, status, message: userId, fields: { userId } });
}
