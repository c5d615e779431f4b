import { beforeAll, expect, test } from 'vitest';
import { audiencePage, audienceResponse, audienceVersions } from '#lib/contracts/audiences.ts';
import { getDb } from '#lib/db/client.ts';
import { updateAttribute } from '#lib/services/attributes/update-attribute.ts';
import { insertProject } from '#lib/services/projects.ts';
import { inTransaction } from '#lib/services/transaction.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { makeRequest, pathParams, signInAs, type SignedIn } from '#lib/testing/requests.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { createTestTable, type TestTable } from '#lib/testing/test-table.ts';
import { POST as duplicate } from './[id]/duplicate/route.ts';
import { DELETE as remove, GET as read, PATCH as archive, PUT as save } from './[id]/route.ts';
import { POST as restore } from './[id]/versions/[version]/restore/route.ts';
import { GET as readVersions } from './[id]/versions/route.ts';
import { GET as list, POST as create } from './route.ts';

process.env['LOG_LEVEL'] = 'silent';
useTestDatabase();

let ours: TestAccount;
let editor: SignedIn;
let viewer: SignedIn;
let stranger: SignedIn;
let table: TestTable;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  const theirs = await createTestAccount('Theirs');
  for (const { administrator, serviceId } of [ours, theirs]) {
    await inTransaction((tx) => insertProject(tx, administrator, { name: 'Site', serviceId }));
  }
  editor = await signInAs(ours.accountId, 'editor');
  viewer = await signInAs(ours.accountId, 'viewer');
  stranger = await signInAs(theirs.accountId, 'administrator');
  table = await createTestTable(ours.editor);
});

interface Call {
  readonly route: typeof read;
  readonly method?: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  readonly query?: string;
  readonly as?: SignedIn;
}

async function call({ route, method = 'GET', params = {}, body, query = '', as = editor }: Call) {
  const request = makeRequest(`/api${query}`, { method, body, headers: as.headers });
  const texts = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, String(value)]),
  );
  const response = await route(request, pathParams(texts));
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

function rule(name: string, match: string, value?: unknown) {
  const attribute = table.attributes.find((one) => one.name === name);
  return {
    type: 'external_attribute',
    dcp_datasource_id: table.id,
    dcp_datasource_attribute_id: attribute?.id,
    match_type: match,
    ...(value === undefined ? {} : { value }),
  };
}

function inAudience(id: number) {
  return { type: 'audience', audience_id: id };
}

async function make(name: string, conditions: unknown = ['and', rule('long', 'gt', 5)]) {
  const body = { name, conditions: JSON.stringify(conditions) };
  const created = await call({ route: create, method: 'POST', body });
  expect(created).toMatchObject({ status: 201 });
  return audienceResponse.parse(created.body);
}

function content(name: string, conditions: unknown, version: number) {
  return { version, name, description: null, conditions: JSON.stringify(conditions), layout: null };
}

test('an audience from its creation to its end', async () => {
  const layout = '{"muted":[]}';
  const conditions = JSON.stringify([
    'and',
    rule('string', 'exact', 'gold'),
    rule('long', 'gt', 5),
  ]);
  const created = await call({
    route: create,
    method: 'POST',
    body: { name: ' Gold ', description: 'Who pays', conditions, layout },
  });
  const name = table.table.name;
  expect(created).toMatchObject({
    status: 201,
    body: {
      name: 'Gold',
      words: `string (${name}) is "gold" and long (${name}) is more than 5`,
      version: 1,
      conditions,
      layout,
      size: null,
      faults: [],
      updatedBy: 'Some editor',
    },
  });
  const { id } = audienceResponse.parse(created.body);
  const changed = content('Gold', ['or', rule('long', 'gt', 7)], 1);
  const saved = await call({ route: save, method: 'PUT', params: { id }, body: changed });
  expect(saved).toMatchObject({ status: 200, body: { version: 2, layout: null } });
  expect(await call({ route: read, params: { id }, as: viewer })).toEqual(saved);

  const versions = await call({ route: readVersions, params: { id } });
  expect(audienceVersions.parse(versions.body).versions).toMatchObject([
    { version: 2, words: `long (${name}) is more than 7` },
    { version: 1, conditions, savedBy: 'Some editor', restoredFrom: null },
  ]);
  const back = { route: restore, method: 'POST', params: { id, version: 1 } };
  expect(await call({ ...back, body: { version: 1 } })).toMatchObject({ status: 409 });
  expect(await call({ ...back, body: { version: 2 } })).toMatchObject({
    status: 200,
    body: { version: 3, conditions, layout },
  });
  const copy = await call({ route: duplicate, method: 'POST', params: { id }, body: {} });
  expect(copy).toMatchObject({
    status: 201,
    body: { name: 'Gold (copy)', conditions, version: 1 },
  });

  const archived = await call({
    route: archive,
    method: 'PATCH',
    params: { id },
    body: { archived: true },
  });
  expect(archived).toMatchObject({ status: 200, body: { archived: true, version: 3 } });
  expect((await call({ route: remove, method: 'DELETE', params: { id } })).status).toBe(204);
  expect((await call({ route: read, params: { id } })).status).toBe(404);
});

test('the list takes search, status, order and page from the address', async () => {
  const first = await make('Listed 2');
  await make('Listed 10', ['and', inAudience(first.id), inAudience(first.id)]);
  await make('Elsewhere');
  const asked = await call({ route: list, query: '?search=listed&perPage=5', as: viewer });
  const page = audiencePage.parse(asked.body);
  expect(page.items.map(({ name }) => name)).toEqual(['Listed 2', 'Listed 10']);
  expect(page.items.map(({ usedByCount }) => usedByCount)).toEqual([1, 0]);
  const last = await call({ route: list, query: '?sort=modified&direction=desc&perPage=1' });
  expect(audiencePage.parse(last.body).items[0]?.name).toBe('Elsewhere');
  const byId = await call({ route: list, query: `?search=${first.id}` });
  expect(audiencePage.parse(byId.body).items.map(({ id }) => id)).toContain(first.id);
});

test('what cannot be asked is refused where it stands', async () => {
  const refused = async (conditions: unknown) => {
    const body = { name: 'x', conditions: JSON.stringify(conditions) };
    const answer = await call({ route: create, method: 'POST', body });
    expect(answer.status).toBe(422);
    return Object.keys((answer.body as { fields: object }).fields);
  };
  expect(await refused(['and', rule('long', 'gt', 'x')])).toEqual(['conditions.1.value']);
  expect(await refused(['and'])).toEqual(['conditions']);
  expect(await refused(['or', ['not', { type: 'audience', audience_id: 1_000_000 }]])).toEqual([
    'conditions.1.1.audience_id',
  ]);
  expect(await refused({ ...rule('long', 'gt', 1), dcp_datasource_id: 1_000_000 })).toEqual([
    'conditions.dcp_datasource_attribute_id',
  ]);
});

test('a rule on an attribute that was archived later is a fault, and cannot be saved again', async () => {
  const own = await createTestTable(ours.editor, [{ name: 'plan', datatype: 'string' }]);
  const [plan] = own.attributes;
  if (!plan) throw new Error('No attribute.');
  const conditions = { type: 'external_attribute', dcp_datasource_id: own.id };
  const { id } = await make('Breaks', {
    ...conditions,
    dcp_datasource_attribute_id: plan.id,
    match_type: 'exists',
  });
  await updateAttribute(ours.editor, plan.id, { archived: true });
  const broken = audienceResponse.parse((await call({ route: read, params: { id } })).body);
  expect(broken.faults).toEqual([
    { path: ['dcp_datasource_attribute_id'], message: '"plan" is archived.' },
  ]);
  const again = { ...content('Breaks', null, 1), conditions: broken.conditions };
  expect((await call({ route: save, method: 'PUT', params: { id }, body: again })).status).toBe(
    422,
  );
});

test('audiences in audiences: used by, no cycles, no end while they are used', async () => {
  const inner = await make('Inner');
  const outer = await make('Outer', ['not', inAudience(inner.id)]);
  const read1 = await call({ route: read, params: { id: inner.id } });
  expect(read1.body).toMatchObject({ usedBy: [{ id: outer.id, name: 'Outer' }] });
  expect(outer.uses).toEqual([{ id: inner.id, name: 'Inner', archived: false }]);
  const cycle = content('Inner', ['or', inAudience(outer.id)], 1);
  const params = { id: inner.id };
  expect(await call({ route: save, method: 'PUT', params, body: cycle })).toMatchObject({
    status: 422,
    body: { fields: { 'conditions.1.audience_id': 'The audience "Outer" would be in itself.' } },
  });
  expect((await call({ route: remove, method: 'DELETE', params })).status).toBe(409);
  const body = { archived: true };
  expect((await call({ route: archive, method: 'PATCH', params, body })).status).toBe(409);
});

test('of many who save the same version one is taken, and the others are told by whom', async () => {
  const { id } = await make('Contended');
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => {
      const body = content(`Contended ${index}`, ['or', rule('long', 'gt', index)], 1);
      return call({ route: save, method: 'PUT', params: { id }, body });
    }),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const refused = answers.filter(({ status }) => status === 409);
  expect(refused).toHaveLength(11);
  expect(refused[0]?.body).toMatchObject({
    code: 'audience-changed',
    fields: { version: '2', updatedBy: 'Some editor' },
  });
  const { versions } = audienceVersions.parse(
    (await call({ route: readVersions, params: { id } })).body,
  );
  expect(versions).toHaveLength(2);
});

test('two audiences saved at the same time do not come to refer to each other', async () => {
  for (let round = 0; round < 5; round++) {
    const [one, two] = [await make('One'), await make('Two')];
    const answers = await Promise.all([
      call({
        ...{ route: save, method: 'PUT', params: { id: one.id } },
        body: content('One', ['or', inAudience(two.id)], 1),
      }),
      call({
        ...{ route: save, method: 'PUT', params: { id: two.id } },
        body: content('Two', ['or', inAudience(one.id)], 1),
      }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  }
});

test('viewers read, strangers see nothing, and every change is in the audit trail', async () => {
  const { id } = await make('Private');
  const params = { id };
  const body = content('Private', ['or', rule('long', 'gt', 1)], 1);
  expect((await call({ route: save, method: 'PUT', params, body, as: viewer })).status).toBe(403);
  expect((await call({ route: create, method: 'POST', body, as: viewer })).status).toBe(403);
  for (const answer of [
    await call({ route: read, params, as: stranger }),
    await call({ route: save, method: 'PUT', params, body, as: stranger }),
    await call({ route: archive, method: 'PATCH', params, body: { archived: true }, as: stranger }),
    await call({ route: remove, method: 'DELETE', params, as: stranger }),
    await call({ route: duplicate, method: 'POST', params, body: {}, as: stranger }),
    await call({ route: readVersions, params, as: stranger }),
  ]) {
    expect(answer.status).toBe(404);
  }
  expect(audiencePage.parse((await call({ route: list, as: stranger })).body).total).toBe(0);
  await call({ route: save, method: 'PUT', params, body });
  const trail = await getDb().auditEntry.findMany({
    where: { objectKind: 'audience', objectId: String(id) },
    orderBy: { id: 'asc' },
  });
  expect(trail.map(({ action }) => action)).toEqual(['audience.created', 'audience.updated']);
});
