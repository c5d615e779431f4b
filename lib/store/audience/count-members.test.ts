import { beforeAll, expect, it, test } from 'vitest';
import type { Condition } from '#lib/core/audience/condition.ts';
import { MAX_DEPTH, MAX_RULES } from '#lib/core/audience/limits.ts';
import {
  all,
  any,
  bind,
  idOf,
  inAudience,
  not,
  rule,
} from '#lib/core/audience/testing/sample-catalog.ts';
import { getPool } from '#lib/db/pool.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { ensureAliasColumn } from '../alias-columns.ts';
import { ensureTable } from '../physical-tables.ts';
import { prepareStore } from '../prepare.ts';
import { writeProfile, type StoredValue } from '../write-profile.ts';
import { countMembers } from './count-members.ts';
import { countPlaces } from './count-places.ts';

const hubTableId = 5;
const crm = { tableId: 678, aliasAttributeId: 901 };

useTestDatabase();
beforeAll(async () => {
  const pool = getPool();
  await prepareStore(pool);
  await ensureTable(pool, hubTableId, []);
  await ensureAliasColumn(pool, { tableId: hubTableId, attributeId: crm.aliasAttributeId });
  await ensureTable(pool, crm.tableId, [{ attributeId: idOf('long'), type: 'long' }]);
  await write(hubTableId, 'unaliased user', []);
  await write(hubTableId, 'user 1', [alias('shared')]);
  await write(hubTableId, 'user 2', [alias('shared')]);
  await write(hubTableId, 'user 3', [alias('without a row')]);
  await write(crm.tableId, 'shared', [long('5')]);
  await write(crm.tableId, 'not aliased', [long('7')]);
  await write(crm.tableId, 'not aliased, no value', []);
});

function write(tableId: number, customerId: string, values: readonly StoredValue[]) {
  return writeProfile(getPool(), { tableId, customerId, values });
}

function alias(customerId: string): StoredValue {
  return { attributeId: crm.aliasAttributeId, type: 'string', value: customerId };
}

function long(value: string): StoredValue {
  return { attributeId: idOf('long'), type: 'long', value };
}

it.each<[string, Condition, number]>([
  ['both users of the shared row', rule('long', 'exact', 5), 2],
  ['the row without a user', rule('long', 'gt', 5), 1],
  ['all that have a value', rule('long', 'exists'), 3],
  ['all that have none', not(rule('long', 'exists')), 3],
  ['"is not" leaves out who has no value', not(rule('long', 'exact', 5)), 1],
  ['nobody', all(rule('long', 'lt', 5), rule('long', 'gt', 5)), 0],
])('counts profiles: %s', async (_name, condition, size) => {
  const space = { hubTableId, tables: [crm] };
  expect(await countMembers(getPool(), bind(condition), { space, now: new Date() })).toBe(size);
});

test('an audience as large and as deep as it may be', async () => {
  const deep = (condition: Condition) =>
    Array.from({ length: MAX_DEPTH - 2 }).reduce<Condition>((inner) => not(inner), condition);
  const distinct = (from: number) =>
    any(
      ...Array.from({ length: MAX_RULES }, (_, index) =>
        rule('long', 'between', [from, index + from]),
      ),
    );
  const audiences = Array.from({ length: 4 }, (_, index) => ({
    ...{ id: index + 1, name: `A${index}`, isArchived: false },
    condition: index < 2 ? deep(distinct(index * 10_000)) : distinct(index * 10_000),
  }));
  const condition = deep(any(...audiences.map(({ id }) => inAudience(id)), rule('long', 'exists')));
  const space = { hubTableId, tables: [crm] };
  const bound = bind(condition, { audiences });
  const options = { space, now: new Date() };
  expect(await countMembers(getPool(), bound, options)).toBe(3);
  const [whole] = await countPlaces(getPool(), bound, options);
  expect(whole?.size).toBe(3);
  // A funnel of that many steps.
  const steps = Array.from({ length: MAX_RULES }, (_, index) => rule('long', 'gt', index - 990));
  const places = await countPlaces(getPool(), bind(all(...steps)), options);
  expect(places.at(-1)).toMatchObject({ size: 0, remaining: 0 });
  expect(places.at(-4)?.remaining).toBe(1);
});
