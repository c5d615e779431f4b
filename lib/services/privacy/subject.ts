import { z } from 'zod';
import { getPool } from '#lib/db/pool.ts';
import { listAliasedUsers } from '#lib/store/alias-columns.ts';
import { readProfiles } from '#lib/store/read-profiles.ts';
import type { IdentifierType } from '../../contracts/privacy-requests.ts';
import { aliasColumns, toAliases } from '../aliases/aliases.ts';
import { PrivacyFailure } from './privacy-failure.ts';
import type { SearchedTable } from './search-scope.ts';
import { unlessGone } from './unless-gone.ts';

/** More Optimizely users than these are no person: the ID is a placeholder such as "unknown". */
const mostUsers = 1_000;

const subjectRow = z.object({
  tableId: z.number(),
  customerId: z.string(),
  /** `identifier`: it was asked about; `alias`: found through aliases. */
  link: z.enum(['identifier', 'alias']),
  /** Whether the table had, at some moment of the request, a row of this ID. */
  found: z.boolean(),
});
export type SubjectRow = z.infer<typeof subjectRow>;

const sharedRow = z.object({
  tableId: z.number(),
  customerId: z.string(),
  /** Optimizely users outside the request that are this customer, too; at least so many. */
  otherUsers: z.number(),
});

const subject = z.object({
  rows: z.array(subjectRow),
  /** Linked to the customer and to others. */
  shared: z.array(sharedRow),
  /** Aliases that were seen, as `user table customer`. */
  aliases: z.array(z.string()).default([]),
});

/** The IDs under which data is held about the customer of a request (docs/decisions/060-privacy-requests.md). */
export type Subject = z.infer<typeof subject>;

export function parseSubject(text: string): Subject {
  return subject.parse(JSON.parse(text));
}

export interface Identifier {
  readonly type: IdentifierType;
  readonly value: string;
  /** The only table that is meant; null for all. */
  readonly tableId: number | null;
}

/**
 * Follows the identity star from an ID: the rows of that ID, the Optimizely users aliased to it, and the rows these
 * are aliased to, as long as no Optimizely user outside the request is the same customer there.
 *
 * @throws {PrivacyFailure} `too-many-users`
 */
export async function resolveSubject(
  tables: readonly SearchedTable[],
  identifier: Identifier,
): Promise<Subject> {
  const { value } = identifier;
  const meant = tables.filter(
    ({ id, isOptimizely }) =>
      (identifier.tableId === null || identifier.tableId === id) &&
      (identifier.type === 'dcp_id' || isOptimizely),
  );
  const result: Subject = {
    rows: meant.map(({ id }) => rowOf(id, value, 'identifier')),
    shared: [],
    aliases: [],
  };
  for (const hub of tables.filter(({ isOptimizely }) => isOptimizely)) {
    const own = meant.filter(({ serviceId }) => serviceId === hub.serviceId);
    await followAliases({ hub, own, value, result });
  }
  return result;
}

/** What was known stays known: rows may be gone that led to others. */
export function mergeSubjects(known: Subject | null, now: Subject): Subject {
  if (!known) return now;
  const rows = new Map([...now.rows, ...known.rows].map((row) => [keyOf(row), row]));
  const shared = new Map([...known.shared, ...now.shared].map((row) => [keyOf(row), row]));
  return {
    rows: [...rows.values()],
    shared: [...shared.values()].filter((row) => !rows.has(keyOf(row))),
    aliases: [...new Set([...known.aliases, ...now.aliases])],
  };
}

export function keyOf({ tableId, customerId }: { tableId: number; customerId: string }): string {
  return `${tableId} ${customerId}`;
}

interface FollowOptions {
  /** The built-in table of a service. */
  readonly hub: SearchedTable;
  /** Tables of the service whose IDs are meant. */
  readonly own: readonly SearchedTable[];
  readonly value: string;
  readonly result: Subject;
}

async function followAliases({ hub, own, value, result }: FollowOptions): Promise<void> {
  const users = new Set<string>();
  for (const table of own) {
    const found = table.id === hub.id ? [value] : await usersOf(hub, table.id, value);
    found.forEach((user) => users.add(user));
  }
  if (users.size > mostUsers) {
    throw new PrivacyFailure({
      code: 'too-many-users',
      message: `More than ${mostUsers} Optimizely users are aliased to this ID, so it is no one person’s. Correct the aliases first, or delete single rows.`,
    });
  }
  const known = new Set(result.rows.map(keyOf));
  for (const user of users) {
    const row = rowOf(hub.id, user, 'alias');
    if (!known.has(keyOf(row))) result.rows.push(row);
    known.add(keyOf(row));
  }
  for (const link of await linksOf(hub, users)) {
    result.aliases.push(`${link.user} ${keyOf(link)}`);
    if (known.has(keyOf(link))) continue;
    known.add(keyOf(link));
    const others = (await usersOf(hub, link.tableId, link.customerId)).filter(
      (user) => !users.has(user),
    );
    if (others.length === 0) result.rows.push(rowOf(link.tableId, link.customerId, 'alias'));
    else {
      const { tableId, customerId } = link;
      result.shared.push({ tableId, customerId, otherUsers: others.length });
    }
  }
}

async function usersOf(hub: SearchedTable, tableId: number, customerId: string): Promise<string[]> {
  const alias = hub.aliases.find((candidate) => candidate.tableId === tableId);
  if (!alias) return [];
  const column = { tableId: hub.id, attributeId: alias.attributeId };
  const limit = mostUsers + 1;
  return unlessGone(listAliasedUsers(getPool(), { ...column, customerId, limit }), []);
}

async function linksOf(hub: SearchedTable, users: ReadonlySet<string>) {
  if (users.size === 0) return [];
  const read = readProfiles(getPool(), {
    tableId: hub.id,
    columns: aliasColumns(hub),
    customerIds: [...users],
  });
  return [...(await unlessGone(read, new Map()))].flatMap(([user, values]) =>
    [...toAliases(hub, values)].map(([tableId, customerId]) => ({ user, tableId, customerId })),
  );
}

function rowOf(tableId: number, customerId: string, link: SubjectRow['link']): SubjectRow {
  return { tableId, customerId, link, found: false };
}
