import fc from 'fast-check';
import { beforeAll, expect, test, vi } from 'vitest';
import {
  audienceSampleResponse,
  audienceSizeResponse,
  audienceTestResponse,
} from '#lib/contracts/audiences.ts';
import type { CatalogAttribute } from '#lib/core/audience/bound-condition.ts';
import { serialiseConditions } from '#lib/core/audience/serialise-conditions.ts';
import { arbitraryCondition } from '#lib/core/audience/testing/arbitrary-condition.ts';
import { valueTypes } from '#lib/core/datatypes/types.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { setAlias } from '#lib/services/profiles/identity.ts';
import { insertProject } from '#lib/services/projects.ts';
import { updateTable } from '#lib/services/tables/update-table.ts';
import { inTransaction } from '#lib/services/transaction.ts';
import { columnName, tableName } from '#lib/store/names.ts';
import { writeProfile } from '#lib/store/write-profile.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { makeRequest, signInAs, type SignedIn } from '#lib/testing/requests.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { createTestTable, type TestTable } from '#lib/testing/test-table.ts';
import { POST as sample } from './sample/route.ts';
import { POST as size } from './size/route.ts';
import { POST as testCustomer } from './test/route.ts';

process.env['LOG_LEVEL'] = 'silent';
useTestDatabase();

const cities = ['Berlin', 'berlin', 'Lisbon'];
const customers = Array.from({ length: 12 }, (_, index) => `c${index}`);
let ours: TestAccount;
let viewer: SignedIn;
let stranger: SignedIn;
let table: TestTable;
let hubId: number;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  const theirs = await createTestAccount('Theirs');
  for (const { administrator, serviceId } of [ours, theirs]) {
    await inTransaction((tx) => insertProject(tx, administrator, { name: 'Site', serviceId }));
  }
  viewer = await signInAs(ours.accountId, 'viewer');
  stranger = await signInAs(theirs.accountId, 'administrator');
  table = await createTestTable(ours.editor);
  const hub = await getDb().table.findFirstOrThrow({
    where: { serviceId: ours.serviceId, isOptimizely: true },
  });
  hubId = hub.id;
  for (const [index, customerId] of customers.entries()) {
    const values = [
      { attributeId: attribute('string').id, type: 'string', value: cities[index % 3] ?? null },
      { attributeId: attribute('long').id, type: 'long', value: String(index) },
      {
        attributeId: attribute('datetime').id,
        type: 'datetime',
        value: `2024-02-${10 + index} 10:00:00`,
      },
    ] as const;
    // The first has no values at all.
    const stored = index === 0 ? [] : values;
    await writeProfile(getPool(), { tableId: table.id, customerId, values: stored });
  }
  for (const [userId, customerId] of [
    ['u1', 'c1'],
    ['u2', 'c1'],
    ['u3', 'c5'],
  ] as const) {
    await setAlias(ours.editor, { userId, tableId: table.id, customerId });
  }
});

function attribute(name: string) {
  const found = table.attributes.find((one) => one.name === name);
  if (!found) throw new Error(`No attribute ${name}.`);
  return found;
}

function rule(name: string, match: string, value?: unknown) {
  return {
    type: 'external_attribute',
    dcp_datasource_id: table.id,
    dcp_datasource_attribute_id: attribute(name).id,
    match_type: match,
    ...(value === undefined ? {} : { value }),
  };
}

interface Call {
  readonly as?: SignedIn;
  readonly signal?: AbortSignal;
}

async function post(
  route: typeof size,
  { conditions, ...body }: Readonly<Record<string, unknown>>,
  { as = viewer, signal }: Call = {},
) {
  const text = typeof conditions === 'string' ? conditions : JSON.stringify(conditions);
  const request = makeRequest('/api', {
    method: 'POST',
    body: { ...body, conditions: text },
    headers: as.headers,
  });
  const response = await route(signal ? new Request(request, { signal }) : request);
  return { status: response.status, body: (await response.json()) as unknown };
}

async function measure(body: Readonly<Record<string, unknown>>) {
  return audienceSizeResponse.parse((await post(size, body)).body);
}

test('a size with its funnel', async () => {
  const conditions = ['and', rule('string', 'exact', 'Berlin'), ['not', rule('long', 'lt', 6)]];
  for (const precision of ['quick', 'exact']) {
    const { milliseconds, ...measured } = await measure({ conditions, precision, funnel: true });
    expect(milliseconds).toBeGreaterThanOrEqual(0);
    // c1 is two users, so 13 profiles; c3, c6 and c9 are from Berlin, and c0 has no city.
    expect(measured).toEqual({
      ...{ size: 2, low: 2, high: 2, isExact: true, total: 13, faults: [] },
      nodes: [
        { path: [], size: 2, remaining: null },
        { path: [1], size: 3, remaining: 3 },
        { path: [2], size: 6, remaining: 2 },
        { path: [2, 1], size: 6, remaining: null },
      ],
    });
  }
});

test('rules that cannot be asked are named, and let nobody in', async () => {
  const measured = await measure({ conditions: ['not', rule('long', 'gt', 'many')], funnel: true });
  expect(measured).toMatchObject({ size: 0, faults: [{ path: [1, 'value'] }] });
});

test('who has other customers behind them is asked for each', async () => {
  const conditions = ['and', rule('long', 'ge', 1), rule('datetime', 'exists')];
  const asked = await post(testCustomer, { conditions, tableId: table.id, customerId: 'c1' });
  const { isMember, profiles } = audienceTestResponse.parse(asked.body);
  expect(isMember).toBe(true);
  expect(profiles.map(({ tableId, customerId }) => [tableId, customerId])).toEqual([
    [hubId, 'u1'],
    [hubId, 'u2'],
  ]);
  expect(profiles[0]?.explanation).toMatchObject({
    path: [],
    kind: 'and',
    verdict: 'held',
    parts: [
      {
        path: [1],
        kind: 'attribute',
        words: `long (${table.table.name}) is at least 1`,
        actual: '1',
      },
      { path: [2], verdict: 'held', actual: '2024-02-11T10:00:00Z' },
    ],
  });
  const none = await post(testCustomer, { conditions, tableId: table.id, customerId: 'c0' });
  expect(none.body).toMatchObject({
    isMember: false,
    profiles: [
      {
        customerId: 'c0',
        explanation: {
          verdict: 'not',
          parts: [{ verdict: 'unknown', actual: null }, { verdict: 'not' }],
        },
      },
    ],
  });
  const unknown = { conditions, tableId: table.id, customerId: 'nobody' };
  expect(await post(testCustomer, unknown)).toMatchObject({ status: 404 });
});

test('one meaning: sizes, members and verdicts agree on generated trees', async () => {
  const pools = { string: cities, long: ['1', '5', '9'], datetime: ['2024-02-15T10:00:00'] };
  const attributes = Object.entries(pools).map(([type, pool]) => {
    const found: CatalogAttribute = {
      ...{ id: attribute(type).id, tableId: table.id, name: type, tableName: '' },
      ...{ type: valueTypes.find((one) => one === type) ?? 'string', isArchived: false },
    };
    return { attribute: found, pool };
  });
  const tree = arbitraryCondition({ attributes, audienceIds: [] });
  const property = fc.asyncProperty(tree, async (condition) => {
    const conditions = serialiseConditions(condition);
    const members = new Set<string>();
    for (const customerId of customers) {
      const asked = await post(testCustomer, { conditions, tableId: table.id, customerId });
      for (const profile of audienceTestResponse.parse(asked.body).profiles) {
        if (profile.isMember) members.add(profile.customerId);
      }
    }
    expect((await measure({ conditions })).size).toBe(members.size);
    const shown = audienceSampleResponse.parse((await post(sample, { conditions })).body);
    expect(shown.members).toHaveLength(Math.min(10, members.size));
    for (const { customerId, values } of shown.members) {
      expect(members).toContain(customerId);
      expect(values).toHaveLength(shown.attributes.length);
    }
  });
  await fc.assert(property, { numRuns: 25 });
});

test('a sample shows what the conditions look at', async () => {
  const conditions = ['and', rule('datetime', 'on', '2024-02-15'), rule('long', 'exists')];
  const { body } = await post(sample, { conditions });
  expect(audienceSampleResponse.parse(body)).toEqual({
    attributes: ['datetime', 'long'].map((name) => ({
      id: attribute(name).id,
      name,
      tableName: table.table.name,
    })),
    members: [
      {
        ...{ tableId: hubId, tableName: 'Optimizely', customerId: 'u3' },
        values: ['2024-02-15T10:00:00Z', '5'],
      },
    ],
  });
});

test('what is large is estimated at once, and counted when that is asked for', async () => {
  const { id, attributes } = await createTestTable(ours.editor, [
    { name: 'long', datatype: 'long' },
  ]);
  const attributeId = attributes[0]?.id ?? 0;
  const rows = 60_000;
  await getPool().query(`
    INSERT INTO ${tableName(id)} (customer_id, updated_at, ${columnName(attributeId)})
      SELECT 'c' || n, now(), n % 10 FROM generate_series(1, ${rows}) AS n;
    INSERT INTO profiles.row_count_delta (table_id, delta) VALUES (${id}, ${rows})`);
  const large = {
    type: 'external_attribute',
    dcp_datasource_id: id,
    dcp_datasource_attribute_id: attributeId,
    match_type: 'lt',
    value: 3,
  };
  const ask = { conditions: ['or', large, rule('long', 'exists')], funnel: true };
  const quick = await measure({ ...ask, precision: 'quick' });
  const exact = await measure({ ...ask, precision: 'exact' });
  expect(exact).toMatchObject({ size: 18_012, isExact: true, total: rows + 13 });
  expect(quick.isExact).toBe(false);
  expect(quick.low).toBeLessThanOrEqual(exact.size);
  expect(quick.high).toBeGreaterThanOrEqual(exact.size);
  expect(quick.high - quick.low).toBeLessThan(rows / 10);
  expect(quick.nodes?.map(({ path }) => path)).toEqual([[], [1], [2]]);
  expect(quick.nodes?.[0]?.size).toBe(quick.size);
  await updateTable(ours.editor, id, { archived: true });
});

test('another account sees nothing of it', async () => {
  const conditions = ['and', rule('long', 'exists')];
  const { id: projectId } = await getDb().project.findFirstOrThrow({
    where: { accountId: ours.accountId },
  });
  for (const route of [size, sample, testCustomer]) {
    const body = { conditions, projectId, tableId: table.id, customerId: 'c1' };
    expect(await post(route, body, { as: stranger })).toMatchObject({ status: 404 });
    expect((await post(route, body)).status).toBe(200);
  }
  const own = await post(size, { conditions }, { as: stranger });
  expect(own.body).toMatchObject({ size: 0, total: 0, faults: [{}] });
  const theirTable = { conditions, tableId: table.id, customerId: 'c1' };
  expect(await post(testCustomer, theirTable, { as: stranger })).toMatchObject({ status: 404 });
});

test('an archived table has no profiles', async () => {
  const { id } = await createTestTable(ours.editor);
  await writeProfile(getPool(), { tableId: id, customerId: 'x', values: [] });
  const conditions = ['not', rule('long', 'exists')];
  expect(await measure({ conditions })).toMatchObject({ size: 2, total: 14 });
  await updateTable(ours.editor, id, { archived: true });
  expect(await measure({ conditions })).toMatchObject({ size: 1, total: 13 });
  const asked = { conditions, tableId: id, customerId: 'x' };
  expect(await post(testCustomer, asked)).toMatchObject({ status: 422 });
});

test('a request that is given up ends its query', async () => {
  const blocker = await getPool().connect();
  try {
    await blocker.query(`BEGIN; LOCK TABLE ${tableName(table.id)} IN ACCESS EXCLUSIVE MODE`);
    for (const route of [size, sample]) {
      const given = new AbortController();
      const body = { conditions: ['and', rule('long', 'exists')], precision: 'exact' };
      const asked = post(route, body, { signal: given.signal });
      await vi.waitFor(async () => expect(await waiting()).toBe(1), { timeout: 10_000 });
      given.abort();
      expect(await asked).toMatchObject({ status: 499 });
      expect(await waiting()).toBe(0);
    }
  } finally {
    await blocker.query('ROLLBACK');
    blocker.release();
  }
});

test('a row that a dozen users share: all are asked, and a member among the last is shown first', async () => {
  const other = await createTestTable(ours.editor, [{ name: 'n', datatype: 'long' }]);
  const n = other.attributes[0]?.id ?? 0;
  const values = [{ attributeId: n, type: 'long', value: '1' }] as const;
  await writeProfile(getPool(), { tableId: other.id, customerId: 'x', values });
  const users = Array.from({ length: 12 }, (_, index) => `shared-${10 + index}`);
  for (const userId of users) {
    await setAlias(ours.editor, { userId, tableId: table.id, customerId: 'c7' });
  }
  await setAlias(ours.editor, { userId: 'shared-21', tableId: other.id, customerId: 'x' });
  const has = { dcp_datasource_id: other.id, dcp_datasource_attribute_id: n };
  const conditions = ['and', { type: 'external_attribute', ...has, match_type: 'exists' }];
  const asked = await post(testCustomer, { conditions, tableId: table.id, customerId: 'c7' });
  const answer = audienceTestResponse.parse(asked.body);
  expect(answer).toMatchObject({ isMember: true, profileCount: 12, isComplete: true });
  expect(answer.profiles.map(({ customerId }) => customerId)).toEqual([
    'shared-21',
    ...users.slice(0, 9),
  ]);
});

/** Statements of others on the table. */
async function waiting(): Promise<number> {
  const { rows } = await getPool().query<{ count: number }>(
    `SELECT count(*)::int FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND state = 'active'
       AND datname = current_database() AND query LIKE $1`,
    [`%t_${table.id}%`],
  );
  return rows[0]?.count ?? 0;
}
