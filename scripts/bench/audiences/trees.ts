import type { BenchWorld } from './world.ts';

/** One question, as an audience and as somebody who knows the tables writes it. */
export interface BenchTree {
  readonly name: string;
  readonly conditions: string;
  readonly sql: string;
}

const cityNames = ['Berlin', 'Oslo', 'Nice', 'Delhi'];
const planNames = ['free', 'basic', 'premium', 'free'];

/** Of 1, 5 and 20 rules about customers. */
export function treesOfOneTable({ customers }: BenchWorld): BenchTree[] {
  const { rule, column, table } = customers;
  const count = (where: string) => `SELECT count(*) AS size FROM ${table} WHERE ${where}`;
  const group = (index: number) => ({
    conditions: [
      'and',
      rule('city', 'exact', cityNames[index]),
      rule('orders', 'ge', 500 + index * 700),
      [
        'or',
        rule('revenue', 'lt', 5000 + index),
        rule('birthday', 'after', `19${70 + index}-01-01`),
      ],
      ['not', rule('plan', 'exact', planNames[index])],
    ],
    sql: `(${column('city')} = '${cityNames[index]}' AND ${column('orders')} >= ${500 + index * 700}
      AND (${column('revenue')} < ${5000 + index} OR ${column('birthday')} > '19${70 + index}-01-01')
      AND ${column('plan')} <> '${planNames[index]}')`,
  });
  const groups = [0, 1, 2, 3].map(group);
  return [
    {
      name: '1 rule',
      conditions: JSON.stringify(['and', rule('city', 'exact', 'Berlin')]),
      sql: count(`${column('city')} = 'Berlin'`),
    },
    {
      name: '5 rules',
      conditions: JSON.stringify([
        'and',
        rule('city', 'any_of', ['Berlin', 'Oslo']),
        rule('orders', 'ge', 500),
        ['or', rule('revenue', 'lt', 5000), rule('birthday', 'after', '1970-01-01')],
        ['not', rule('plan', 'exact', 'free')],
      ]),
      sql: count(`${column('city')} IN ('Berlin', 'Oslo') AND ${column('orders')} >= 500
        AND (${column('revenue')} < 5000 OR ${column('birthday')} > '1970-01-01')
        AND ${column('plan')} <> 'free'`),
    },
    {
      name: '20 rules',
      conditions: JSON.stringify(['or', ...groups.map(({ conditions }) => conditions)]),
      sql: count(groups.map(({ sql }) => sql).join(' OR ')),
    },
  ];
}

/** Of 1, 5 and 20 rules about users and the customers that they are. */
export function treesOfTwoTables({ customers, users, alias }: BenchWorld): BenchTree[] {
  const c = (name: string) => `c.${customers.column(name)}`;
  const u = (name: string) => `u.${users.column(name)}`;
  const joined = `FROM ${users.table} AS u JOIN ${customers.table} AS c ON c.customer_id = u.${alias}`;
  const withoutUser = `NOT EXISTS (SELECT FROM ${users.table} AS u WHERE u.${alias} = c.customer_id)`;
  const group = (index: number) => ({
    conditions: [
      'and',
      customers.rule('city', 'exact', cityNames[index]),
      users.rule('visits', 'ge', 50 + index),
      ['or', customers.rule('revenue', 'lt', 5000 + index), users.rule('app', 'exact', index < 2)],
      ['not', customers.rule('plan', 'exact', planNames[index])],
    ],
    sql: `(${c('city')} = '${cityNames[index]}' AND ${u('visits')} >= ${50 + index}
      AND (${c('revenue')} < ${5000 + index} OR ${u('app')} = ${index < 2})
      AND ${c('plan')} <> '${planNames[index]}')`,
  });
  const groups = [0, 1, 2, 3].map(group);
  return [
    {
      name: '1 rule',
      conditions: JSON.stringify(['and', customers.rule('city', 'exact', 'Berlin')]),
      sql: `SELECT (SELECT count(*) ${joined} WHERE ${c('city')} = 'Berlin')
        + (SELECT count(*) FROM ${customers.table} AS c WHERE ${c('city')} = 'Berlin' AND ${withoutUser}) AS size`,
    },
    {
      name: '5 rules',
      conditions: JSON.stringify([
        'and',
        users.rule('device', 'exact', 'mobile'),
        users.rule('visits', 'ge', 50),
        customers.rule('city', 'any_of', ['Berlin', 'Oslo']),
        [
          'or',
          customers.rule('revenue', 'lt', 5000),
          customers.rule('birthday', 'after', '1970-01-01'),
        ],
      ]),
      sql: `SELECT count(*) AS size ${joined} WHERE ${u('device')} = 'mobile' AND ${u('visits')} >= 50
        AND ${c('city')} IN ('Berlin', 'Oslo') AND (${c('revenue')} < 5000 OR ${c('birthday')} > '1970-01-01')`,
    },
    {
      name: '20 rules',
      conditions: JSON.stringify(['or', ...groups.map(({ conditions }) => conditions)]),
      sql: `SELECT count(*) AS size ${joined} WHERE ${groups.map(({ sql }) => sql).join(' OR ')}`,
    },
  ];
}
