import { expect, it, test } from 'vitest';
import type { Condition } from '#lib/core/audience/condition.ts';
import { all, any, bind, inAnyCase, not, rule } from '#lib/core/audience/testing/sample-catalog.ts';
import { compileMembers } from './compile-members.ts';
import type { ProfileSpace } from './profile-space.ts';

const now = new Date('2024-02-29T12:00:00.900Z');
const crm = { tableId: 678, aliasAttributeId: 901 };

function compile(condition: Condition, space: ProfileSpace = { hubTableId: 5, tables: [crm] }) {
  const { text, values } = compileMembers(bind(condition), { space, now });
  return {
    branches: text.split('UNION ALL').map((branch) => branch.replaceAll(/\s+/g, ' ').trim()),
    values,
  };
}

const ofUsers =
  'SELECT 5 AS table_id, t_5.customer_id FROM profiles.t_5 AS t_5 LEFT JOIN profiles.t_678 AS t_678 ON t_678.customer_id = coalesce(t_5.a_901, t_5.customer_id) AND t_5.a_901 IS NOT NULL WHERE';
const ofRows = 'SELECT 678 AS table_id, t_678.customer_id FROM profiles.t_678 AS t_678 WHERE';
const withoutUser =
  'AND NOT EXISTS (SELECT FROM profiles.t_5 AS t_5 WHERE t_5.a_901 = t_678.customer_id)';

test('users with their rows, then rows without a user', () => {
  expect(compile(rule('long', 'gt', '9007199254740993'))).toEqual({
    branches: [
      `${ofUsers} (t_678.a_3 > $1::bigint)`,
      `${ofRows} (t_678.a_3 > $1::bigint) ${withoutUser}`,
    ],
    values: ['9007199254740993'],
  });
});

test('tables that decide nothing are not read', () => {
  const web = { tableId: 679, aliasAttributeId: 902 };
  const space = { hubTableId: 5, tables: [crm, web] };
  expect(compile(rule('long', 'exists'), space).branches).toHaveLength(2);
  const everybody = compile(not(rule('long', 'exists')), space).branches;
  expect(everybody).toHaveLength(3);
  expect(everybody[2]).toMatch(/FROM profiles.t_679 AS t_679 WHERE \(NOT FALSE\)/);
});

test('where nobody is aliased, nothing is joined', () => {
  const space = { hubTableId: 5, tables: [{ tableId: 678, aliasAttributeId: null }] };
  expect(compile(rule('long', 'gt', 1), space).branches).toEqual([
    `${ofRows} (t_678.a_3 > $1::bigint)`,
  ]);
});

test('nobody is asked for without a table', () => {
  expect(compile(any()).branches).toEqual([`SELECT 0 AS table_id, '' AS customer_id WHERE FALSE`]);
});

it.each<[Condition, string, unknown[]]>([
  [rule('string', 'exact', "it's"), 't_678.a_1 = $1::text', ["it's"]],
  [rule('string', 'any_of', ['a', 'b']), 't_678.a_1 = ANY($1::text[])', [['a', 'b']]],
  [rule('string', 'substring', 'a_%\\'), 't_678.a_1 LIKE $1::text', ['%a\\_\\%\\\\%']],
  [
    inAnyCase(rule('string', 'starts_with', 'É')),
    'profiles.fold_case(t_678.a_1) LIKE $1::text',
    ['é%'],
  ],
  [rule('bool', 'exact', false), 'NOT t_678.a_2', []],
  [
    rule('double', 'between', [0.5, 1e300]),
    't_678.a_4 BETWEEN $1::double precision AND $2::double precision',
    ['0.5', '1e+300'],
  ],
  [
    rule('date', 'on', '2024-02-29'),
    't_678.a_5 >= $1::date AND t_678.a_5 <= $1::date',
    ['2024-02-29'],
  ],
  [
    rule('datetime', 'after', '2024-02-29'),
    `NOT (t_678.a_6 < $1::timestamp + interval '1 day')`,
    ['2024-02-29'],
  ],
  [
    rule('date', 'anniversary', '12-24'),
    'extract(month FROM t_678.a_5) = $1::integer AND extract(day FROM t_678.a_5) = $2::integer',
    [12, 24],
  ],
  [rule('epoch', 'before', 5), 't_678.a_7 < $1::bigint', ['5']],
  [
    rule('datetime', 'in_last_days', 7),
    't_678.a_6 BETWEEN $1::timestamp - make_interval(days => $2::integer) AND $1::timestamp',
    ['2024-02-29T12:00:00', 7],
  ],
])('%#', (condition, sql, values) => {
  const { branches, values: all } = compile(condition);
  expect(branches[0]).toBe(`${ofUsers} (${sql})`);
  expect(all.slice(0, values.length)).toEqual(values);
});

test('groups are parentheses, unknown is NULL', () => {
  const condition = any(
    all(rule('bool', 'exact', true), not(rule('long', 'exists'))),
    rule('bool', 'exists'),
  );
  expect(compile(condition).branches[0]).toBe(
    `${ofUsers} (((t_678.a_2) AND (NOT (t_678.a_3 IS NOT NULL))) OR (t_678.a_2 IS NOT NULL))`,
  );
});
