import { beforeAll, expect, test } from 'vitest';
import {
  audienceBreakdown,
  audienceHistory,
  audienceOverlap,
  audiencePage,
  type AudienceOverlap,
} from '#lib/contracts/audiences.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { setAlias } from '#lib/services/profiles/identity.ts';
import { createAudience } from '#lib/services/audiences/save-audience.ts';
import { insertProject } from '#lib/services/projects.ts';
import { inTransaction } from '#lib/services/transaction.ts';
import { createTestUpload } from '#lib/store/testing/fixtures.ts';
import { columnName, tableName } from '#lib/store/names.ts';
import { writeProfile } from '#lib/store/write-profile.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { makeRequest, pathParams, signInAs, type SignedIn } from '#lib/testing/requests.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { createTestTable, type TestTable } from '#lib/testing/test-table.ts';
import { GET as breakDown } from './[id]/breakdown/route.ts';
import { GET as readHistory } from './[id]/history/route.ts';
import { GET as exportMembers } from './[id]/members.csv/route.ts';
import { GET as overlap } from './overlap/route.ts';
import { GET as listAudiences } from './route.ts';

process.env['LOG_LEVEL'] = 'silent';
useTestDatabase();

let ours: TestAccount;
let viewer: SignedIn;
let stranger: SignedIn;
let table: TestTable;
let city: number;
/** Paris, or spends more than 5: both are c2 and c3. */
let paris: number;
let spends: number;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  const theirs = await createTestAccount('Theirs');
  const { administrator, serviceId } = ours;
  await inTransaction((tx) => insertProject(tx, administrator, { name: 'Site', serviceId }));
  viewer = await signInAs(ours.accountId, 'viewer');
  stranger = await signInAs(theirs.accountId, 'administrator');
  table = await createTestTable(ours.editor, [
    { name: 'city', datatype: 'string' },
    { name: 'spent', datatype: 'long' },
  ]);
  const [cityAttribute, spent] = table.attributes;
  if (!cityAttribute || !spent) throw new Error('The table has two attributes.');
  city = cityAttribute.id;
  const rows = [
    ['=c1', 'Paris', '1'],
    ['c2', 'Paris', '7'],
    ['c3', 'Paris', '9'],
    ['c4', 'Rome', '9'],
    ['c5', null, '9'],
  ] as const;
  for (const [customerId, cityName, amount] of rows) {
    const values = [
      { attributeId: city, type: 'string', value: cityName },
      { attributeId: spent.id, type: 'long', value: amount },
    ] as const;
    await writeProfile(getPool(), { tableId: table.id, customerId, values });
  }
  await setAlias(ours.editor, { userId: 'u2', tableId: table.id, customerId: 'c2' });
  paris = await make('Paris', rule(table, 'city', { match_type: 'exact', value: 'Paris' }));
  spends = await make('Spends', rule(table, 'spent', { match_type: 'gt', value: 5 }));
});

function rule(of: TestTable, name: string, rest: Readonly<Record<string, unknown>>) {
  const attribute = of.attributes.find((one) => one.name === name);
  return {
    type: 'external_attribute',
    dcp_datasource_id: of.id,
    dcp_datasource_attribute_id: attribute?.id,
    ...rest,
  };
}

function make(name: string, one: unknown): Promise<number> {
  const content = { name, description: null, layout: null };
  return createAudience(ours.editor, { ...content, conditions: JSON.stringify(['and', one]) });
}

const askFor = (query: string, { headers }: SignedIn) => makeRequest(`/api${query}`, { headers });
const params = (id: number) => pathParams({ id: String(id) });

async function overlapOf(ids: readonly number[]): Promise<AudienceOverlap> {
  const response = await overlap(askFor(`?ids=${ids.join()}`, viewer), pathParams({}));
  return audienceOverlap.parse(await response.json());
}

test('two audiences, and what they have in common', async () => {
  expect(await overlapOf([spends, paris])).toMatchObject({
    audiences: [
      { id: spends, name: 'Spends', size: 4 },
      { id: paris, name: 'Paris', size: 3 },
    ],
    regions: [
      { ids: [spends], size: 2 },
      { ids: [paris], size: 1 },
      { ids: [spends, paris], size: 2 },
    ],
    total: 5,
  });
});

test('members by their value of an attribute', async () => {
  const response = await breakDown(askFor(`?attributeId=${city}`, viewer), params(spends));
  expect(audienceBreakdown.parse(await response.json())).toMatchObject({
    attribute: { id: city, name: 'city', tableName: table.table.name },
    size: 4,
    values: [
      { value: 'Paris', size: 2 },
      { value: 'Rome', size: 1 },
    ],
    others: 0,
    withoutValue: 1,
  });
});

test('members as a file: their IDs in one table or in all, and no formulas', async () => {
  const one = await exportMembers(askFor(`?tableId=${table.id}`, viewer), params(paris));
  expect(one.headers.get('content-disposition')).toContain('Paris-');
  const [header, ...rows] = (await one.text()).trimEnd().split('\n');
  expect(header).toBe('customerId');
  expect(rows.sort()).toEqual(["'=c1", 'c2', 'c3']);

  const all = await exportMembers(askFor('', viewer), params(paris));
  const [names, ...lines] = (await all.text()).trimEnd().split('\n');
  expect(names).toBe(`Optimizely,${table.table.name}`);
  expect(lines.sort()).toEqual([",'=c1", ',c3', 'u2,c2']);
});

test('a file that nobody reads to its end leaves nothing behind', async () => {
  const many = await createTestTable(ours.editor, [{ name: 'n', datatype: 'long' }]);
  await getPool().query(
    `INSERT INTO ${tableName(many.id)} (customer_id, updated_at, ${columnName(many.attributes[0]?.id ?? 0)})
     SELECT 'c' || n, now(), n FROM generate_series(1, 50000) AS n`,
  );
  const all = await make('All', rule(many, 'n', { match_type: 'exists' }));
  const sessions = async () => {
    const { rows } = await getPool().query<{ sessions: number }>(
      `SELECT count(*)::int AS sessions FROM pg_stat_activity
       WHERE datname = current_database() AND query LIKE '%FETCH%' AND pid <> pg_backend_pid()
         AND state LIKE 'idle in transaction%'`,
    );
    return rows[0]?.sessions;
  };
  const response = await exportMembers(askFor('', viewer), params(all));
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.read();
  await expect.poll(sessions).toBe(1);
  await reader?.cancel();
  await expect.poll(sessions).toBe(0);
});

test('a file that is given up before its first rows ends its query', async () => {
  const waiting = async () => {
    const { rows } = await getPool().query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND query LIKE 'DECLARE%' AND wait_event_type = 'Lock'`,
    );
    return rows[0]?.waiting;
  };
  const blocker = await getPool().connect();
  try {
    await blocker.query(`BEGIN; LOCK TABLE ${tableName(table.id)} IN ACCESS EXCLUSIVE MODE`);
    const given = new AbortController();
    const request = new Request(askFor('', viewer), { signal: given.signal });
    const response = await exportMembers(request, params(paris));
    const file = expect(response.text()).rejects.toThrow('given up');
    await expect.poll(waiting).toBe(1);
    given.abort();
    await file;
    expect(await waiting()).toBe(0);
  } finally {
    await blocker.query('ROLLBACK');
    blocker.release();
  }
});

test('the history has counts, edits, and the files that changed its tables', async () => {
  const { createdAt } = await getDb().audience.findUniqueOrThrow({ where: { id: paris } });
  const at = (minutes: number) => new Date(createdAt.getTime() + minutes * 60_000);
  const count = (size: number, minutes: number) => ({
    ...{ audienceId: paris, version: 1, size, total: 5, milliseconds: 1, countedAt: at(minutes) },
  });
  await getDb().audienceCount.createMany({ data: [count(3, 3), count(2, 1)] });
  const other = await createTestTable(ours.editor, []);
  const load = async (tableId: number, fileName: string, rowsCreated: number) => {
    const id = await createTestUpload(tableId, { fileName });
    const data = { state: 'completed', rowsCreated, finishedAt: at(2) };
    await getDb().upload.update({ where: { id }, data });
    return id;
  };
  await load(other.id, 'elsewhere.csv', 5);
  await load(table.id, 'nothing-new.csv', 0);
  const uploadId = await load(table.id, 'customers.csv', 5);
  const response = await readHistory(askFor('', viewer), params(paris));
  const history = audienceHistory.parse(await response.json());
  expect(history.counts.map(({ size }) => size)).toEqual([2, 3]);
  expect(history.marks).toMatchObject([
    { kind: 'edit', version: 1, by: 'Some editor' },
    { kind: 'upload', uploadId, fileName: 'customers.csv', tableName: table.table.name },
  ]);
  const listed = await listAudiences(askFor('?search=Paris', viewer), pathParams({}));
  expect(audiencePage.parse(await listed.json()).items).toMatchObject([
    { id: paris, trend: history.counts.map(({ size, countedAt }) => ({ size, countedAt })) },
  ]);
});

test("another account's audiences, attributes and tables do not exist", async () => {
  const elsewhere = await createTestAccount('Elsewhere');
  const foreign = await createTestTable(elsewhere.editor);
  const foreignAttribute = foreign.attributes[0]?.id ?? 0;
  const answers = await Promise.all([
    overlap(askFor(`?ids=${paris},${spends}`, stranger), pathParams({})),
    overlap(askFor(`?ids=${paris},999999`, viewer), pathParams({})),
    breakDown(askFor(`?attributeId=${city}`, stranger), params(paris)),
    breakDown(askFor(`?attributeId=${foreignAttribute}`, viewer), params(paris)),
    exportMembers(askFor('', stranger), params(paris)),
    exportMembers(askFor(`?tableId=${foreign.id}`, viewer), params(paris)),
    readHistory(askFor('', stranger), params(paris)),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
  const single = await overlap(askFor(`?ids=${paris}`, viewer), pathParams({}));
  expect(single.status).toBe(422);
});
