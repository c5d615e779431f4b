import type { BoundCondition } from '#lib/core/audience/bound-condition.ts';
import { cancellable, type CancelOptions } from '../cancellable.ts';
import { columnName } from '../names.ts';
import type { Pool } from '../pool.ts';
import { compileBranches, type Branch, type CompileOptions } from './compile-branches.ts';
import { isMember, type Statement } from './compile-members.ts';
import { Parameters } from './parameters.ts';
import type { ProfileSpace } from './profile-space.ts';
import { rowName } from './user-rows.ts';

const rowsAtOnce = 5_000;

/** A reader who does not read on for so long holds nothing any more. */
const patience = '60s';

export interface ExportMembersOptions extends CompileOptions, CancelOptions {
  /** Of the space. One: each of its customers once; several: a row for each member, in this order of tables. */
  readonly tableIds: readonly number[];
}

/** Customer IDs of a member in each of the tables, `null` where it has none. */
export type MemberRow = readonly (string | null)[];

/**
 * All members as they are at one moment, in no particular order. Memory stays flat, a slow reader slows the query, and one who is
 * gone ends it.
 *
 * @throws {AppError} `aborted` after an abort while rows are looked for, once the database has stopped.
 * @example
 * const options = { tableIds: [12], space, now, canceller: getPool(), signal };
 * for await (const rows of exportMembers(pool, condition, options)) ... // [['c1'], ['c2']]
 */
export async function* exportMembers(
  pool: Pool,
  condition: BoundCondition,
  options: ExportMembersOptions,
): AsyncGenerator<MemberRow[]> {
  const { text, values } = compileExport(condition, options);
  const client = await pool.connect();
  let isWhole = false;
  const begin = async () => {
    await client.query('BEGIN READ ONLY');
    await client.query(`SET LOCAL idle_in_transaction_session_timeout = '${patience}'`);
    await client.query(`DECLARE members NO SCROLL CURSOR FOR ${text}`, values);
  };
  const statement = { text: `FETCH ${rowsAtOnce} FROM members`, rowMode: 'array' } as const;
  const fetch = () => client.query<(string | null)[]>(statement);
  try {
    await cancellable(client, begin, options);
    for (;;) {
      const { rows } = await cancellable(client, fetch, options);
      if (rows.length === 0) break;
      yield rows;
    }
    await client.query('COMMIT');
    isWhole = true;
  } finally {
    // A session in the middle of its answer ends, and the cursor with it.
    client.release(!isWhole);
  }
}

function compileExport(
  condition: BoundCondition,
  { tableIds, space, now }: ExportMembersOptions,
): Statement {
  const parameters = new Parameters();
  const branches = compileBranches([condition], { space, now, parameters });
  const isOfOne = tableIds.length === 1;
  const texts = branches.flatMap((branch) => {
    const ids = tableIds.map((tableId) => idIn(tableId, branch, space));
    if (ids.every((id) => id === null)) return [];
    const listed = ids.map((id) => id ?? 'NULL::text').join(', ');
    const members = `FROM ${branch.from} WHERE ${isMember(branch, condition)}`;
    if (!isOfOne || tableIds[0] === branch.tableId) return [`SELECT ${listed} ${members}`];
    // Several users may be one customer of the table, or none.
    return [`SELECT DISTINCT ${listed} ${members} AND ${listed} IS NOT NULL`];
  });
  if (texts.length === 0) {
    texts.push(`SELECT ${tableIds.map(() => 'NULL::text').join(', ')} WHERE FALSE`);
  }
  return { text: texts.join('\nUNION ALL\n'), values: parameters.values };
}

/** SQL of a row's customer ID in a table; `null` where such rows have none. */
function idIn(
  tableId: number,
  branch: Branch,
  { hubTableId, tables }: ProfileSpace,
): string | null {
  if (tableId === branch.tableId) return `${rowName(tableId)}.customer_id`;
  if (branch.tableId !== hubTableId) return null;
  const alias = tables.find((table) => table.tableId === tableId)?.aliasAttributeId ?? null;
  // An empty alias is none.
  return alias === null ? null : `NULLIF(${rowName(hubTableId)}.${columnName(alias)}, '')`;
}
