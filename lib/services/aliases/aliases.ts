import { getRowPool } from '#lib/db/pool.ts';
import { readProfile } from '#lib/store/read-profile.ts';
import { writeProfile } from '#lib/store/write-profile.ts';
import { AppError } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { requireRole, requireScope } from '../permissions.ts';
import type { ProfileTable } from '../profiles/profile-table.ts';
import { requireCustomerId } from '../profiles/require-customer-id.ts';
import { findAliasTable } from './alias-table.ts';
import { readAliasValues } from './read-alias-values.ts';

/** An Optimizely user, and the built-in table of the service that knows them. */
export interface UserReference {
  readonly serviceId: number;
  readonly tableId: number;
  readonly customerId: string;
}

/** Who an Optimizely user is in the other tables. */
export interface UserAliases {
  readonly table: ProfileTable;
  readonly customerId: string;
  /** Customer IDs by table id. */
  readonly aliases: ReadonlyMap<number, string>;
}

/** @throws `not-found` for a user that nothing is known of */
export async function getAliases(
  actor: Actor,
  { customerId, ...reference }: UserReference,
): Promise<UserAliases> {
  requireScope(actor, 'read-profiles');
  const table = await findAliasTable(actor, reference);
  requireCustomerId(customerId);
  return { table, customerId, aliases: await readAliases(table, customerId) };
}

/**
 * Says who an Optimizely user is in other tables; a later alias replaces the one before, other tables stay.
 * Safe beside other writers and uploads: all of one call holds, or nothing.
 *
 * @param body `{"data": {"<table id>": "<customer ID>" | null}}`
 */
export async function setAliases(
  actor: Actor,
  { customerId, ...reference }: UserReference,
  body: unknown,
): Promise<void> {
  const table = await findForWriting(actor, reference);
  requireCustomerId(customerId);
  const values = await readAliasValues(table, body);
  await writeProfile(getRowPool(), { tableId: table.id, customerId, values });
}

/**
 * Removes one alias of a user, or all of them; the user's own row stays.
 *
 * @throws `not-found` when there is none
 */
export async function deleteAliases(
  actor: Actor,
  { customerId, ...reference }: UserReference,
  otherTableId?: number,
): Promise<void> {
  const table = await findForWriting(actor, reference);
  requireCustomerId(customerId);
  const stored = await readAliases(table, customerId);
  const gone = table.aliases.filter(
    ({ tableId }) =>
      stored.has(tableId) && (otherTableId === undefined || tableId === otherTableId),
  );
  if (gone.length === 0) throw noSuchAlias();
  const values = gone.map(({ attributeId }) => ({
    attributeId,
    type: 'string' as const,
    value: null,
  }));
  await writeProfile(getRowPool(), { tableId: table.id, customerId, values });
}

/** An empty text, which a file may bring, is no alias. */
export function toAliases(
  table: ProfileTable,
  values: ReadonlyMap<number, string | null>,
): ReadonlyMap<number, string> {
  return new Map(
    table.aliases.flatMap(({ attributeId, tableId }) => {
      const alias = values.get(attributeId);
      return alias ? [[tableId, alias]] : [];
    }),
  );
}

/** The columns that hold a user's aliases. */
export function aliasColumns(table: ProfileTable) {
  return table.aliases.map(({ attributeId }) => ({ attributeId, type: 'string' as const }));
}

async function readAliases(
  table: ProfileTable,
  customerId: string,
): Promise<ReadonlyMap<number, string>> {
  const columns = aliasColumns(table);
  const stored = await readProfile(getRowPool(), { tableId: table.id, columns, customerId });
  if (!stored) {
    throw new AppError({
      code: 'not-found',
      message: `The table ${table.id} has no customer with this ID.`,
      status: 404,
    });
  }
  return toAliases(table, stored.values);
}

async function findForWriting(
  actor: Actor,
  reference: Omit<UserReference, 'customerId'>,
): Promise<ProfileTable> {
  requireScope(actor, 'write-profiles');
  requireRole(actor, 'editor');
  return findAliasTable(actor, reference);
}

function noSuchAlias(): AppError {
  return new AppError({ code: 'not-found', message: 'There is no such alias.', status: 404 });
}
