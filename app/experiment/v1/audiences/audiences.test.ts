import { beforeAll, describe, expect, test } from 'vitest';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { setAlias } from '#lib/services/profiles/identity.ts';
import { saveAudience } from '#lib/services/audiences/save-audience.ts';
import { createProject } from '#lib/services/projects.ts';
import { writeProfile } from '#lib/store/write-profile.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { makeRequest, pathParams, tokenHeadersFor } from '#lib/testing/requests.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { createTestTable, type TestTable } from '#lib/testing/test-table.ts';
import * as audiencesRoute from '../projects/[id]/audiences/route.ts';
import * as sizeRoute from '../projects/[id]/audiences/size/route.ts';
import * as audienceRoute from './[id]/route.ts';
import * as membersRoute from './[id]/members/route.ts';

process.env['LOG_LEVEL'] = 'silent';
useTestDatabase();

type Headers = Readonly<Record<string, string>>;

interface Audience {
  readonly id: number;
  readonly conditions: string;
}

let ours: TestAccount;
let editor: Headers;
let viewer: Headers;
let stranger: Headers;
let confined: Headers;
let configurer: Headers;
let projectId: number;
let hubId: number;
let crm: TestTable;
let ltv: number;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  const theirs = await createTestAccount('Theirs');
  editor = await tokenHeadersFor(ours.accountId, 'editor');
  viewer = await tokenHeadersFor(ours.accountId, 'viewer');
  stranger = await tokenHeadersFor(theirs.accountId, 'administrator');
  confined = await tokenHeadersFor(ours.accountId, 'editor', { serviceId: ours.serviceId });
  configurer = await tokenHeadersFor(ours.accountId, 'editor', { scopes: ['write-configuration'] });
  const { serviceId } = ours;
  ({ id: projectId } = await createProject(ours.editor, { name: 'Shop', serviceId }));
  const hub = await getDb().table.findFirstOrThrow({ where: { serviceId, isOptimizely: true } });
  hubId = hub.id;
  crm = await createTestTable(ours.editor, [{ name: 'ltv', datatype: 'long' }]);
  ltv = crm.attributes[0]?.id ?? 0;
});

interface Call {
  readonly route: typeof audienceRoute.GET;
  readonly id: number;
  readonly method?: string;
  readonly body?: unknown;
  readonly query?: string;
}

async function call(headers: Headers, { route, id, method = 'GET', body, query = '' }: Call) {
  const request = makeRequest(`/experiment/v1/x${query}`, { method, body, headers });
  const response = await route(request, pathParams({ id: String(id) }));
  return { status: response.status, body: (await response.json()) as unknown };
}

const post = (body: unknown, headers = editor) =>
  call(headers, { route: audiencesRoute.POST, method: 'POST', id: projectId, body });
const put = (id: number, body: unknown, headers = editor) =>
  call(headers, { route: audienceRoute.PUT, method: 'PUT', id, body });
const get = (id: number, headers = editor) => call(headers, { route: audienceRoute.GET, id });

function moreThan(value: unknown): string {
  const leaf = {
    type: 'external_attribute',
    dcp_datasource_id: crm.id,
    dcp_datasource_attribute_id: ltv,
    match_type: 'gt',
    value,
  };
  return JSON.stringify(['and', ['or', leaf]]);
}

async function create(body: object): Promise<Audience> {
  const { status, body: created } = await post(body);
  expect(status).toBe(201);
  return created as Audience;
}

describe('audiences of a project', () => {
  test('only a name is needed, and nobody is in it then', async () => {
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/) as unknown;
    const { status, body } = await post({ name: 'Somebody' });
    const audience = {
      id: (body as Audience).id,
      project_id: projectId,
      name: 'Somebody',
      description: null,
      conditions: '[]',
      segmentation: false,
      archived: false,
      created: time,
      last_modified: time,
    };
    expect({ status, body }).toEqual({ status: 201, body: audience });
    expect(await get(audience.id, viewer)).toEqual({ status: 200, body: audience });
    const list = await call(viewer, { route: audiencesRoute.GET, id: projectId });
    expect(list.body).toContainEqual(audience);
  });

  test('a PUT changes what it names, and what was read may come back whole', async () => {
    const { id } = await create({ name: 'Big spenders', conditions: moreThan(500) });
    const { body } = await get(id);
    expect(await put(id, body)).toEqual({ status: 202, body });
    const change = { description: 'Since spring', segmentation: true };
    expect(await put(id, change)).toMatchObject({
      status: 202,
      body: { ...change, name: 'Big spenders', conditions: moreThan(500) },
    });
    expect(await put(id, { archived: true })).toMatchObject({ body: { archived: true } });
    expect(await put(id, { archived: false })).toMatchObject({ body: { archived: false } });
  });

  test('the builder keeps its own beside the conditions until a program changes these', async () => {
    const { id, conditions } = await create({ name: 'Drawn', conditions: moreThan(1) });
    const layoutOf = async () =>
      (await getDb().audience.findUniqueOrThrow({ where: { id } })).layout;
    await saveAudience(ours.editor, id, { layout: '{"muted":[]}' });
    await put(id, { name: 'Renamed', conditions });
    expect(await layoutOf()).toBe('{"muted":[]}');
    await put(id, { conditions: moreThan(2) });
    expect(await layoutOf()).toBeNull();
  });

  test('what cannot be is refused by name', async () => {
    const { id } = await create({ name: 'Fine', conditions: moreThan(1) });
    for (const [body, field] of [
      [{ name: '' }, 'name'],
      [{ conditions: ['and'] }, 'conditions'],
      [{ conditions: '["and"' }, 'conditions'],
      [{ conditions: moreThan('many') }, 'conditions.1.1.value'],
      [{ conditions: moreThan(1).replace(String(crm.id), '999999') }, /^conditions\.1\.1/],
      [{ id: id + 1 }, 'id'],
      [{ project_id: 1_000_000 }, 'project_id'],
    ] as const) {
      const refused = await put(id, body);
      expect(refused.status).toBe(400);
      const fields = Object.keys((refused.body as { fields: object }).fields);
      expect(
        fields.some((name) => (field instanceof RegExp ? field.test(name) : field === name)),
      ).toBe(true);
    }
    const { id: user } = await create({
      name: 'Others',
      conditions: JSON.stringify(['not', { type: 'audience', audience_id: id }]),
    });
    expect(await put(id, { archived: true })).toMatchObject({
      status: 400,
      body: { code: 'conflict' },
    });
    expect((await get(user)).status).toBe(200);
  });

  test('viewers read; strangers and tokens without the right see nothing', async () => {
    const { id } = await create({ name: 'Private' });
    expect((await post({ name: 'x' }, viewer)).status).toBe(403);
    expect((await put(id, { name: 'x' }, viewer)).status).toBe(403);
    expect((await get(id, confined)).status).toBe(200);
    for (const answer of [
      await get(id, stranger),
      await put(id, { name: 'x' }, stranger),
      await post({ name: 'x' }, stranger),
      await call(stranger, { route: audiencesRoute.GET, id: projectId }),
      await call(stranger, { route: membersRoute.GET, id }),
    ]) {
      expect(answer.status).toBe(404);
    }
    const members = await call(configurer, { route: membersRoute.GET, id });
    expect(members).toMatchObject({ status: 403, body: { code: 'missing-scope' } });
  });
});

describe('members', () => {
  interface Page {
    readonly members: { readonly dcp_datasource_id: number; readonly customer_id: string }[];
    readonly next: string | null;
  }

  const read = (id: number, query = '') => call(viewer, { route: membersRoute.GET, id, query });

  async function readAll(id: number, perPage: number, more = ''): Promise<Page['members']> {
    const members: Page['members'] = [];
    for (let next: string | null = ''; next !== null;) {
      const after: string = next === '' ? '' : `&after=${encodeURIComponent(next)}`;
      const { status, body } = await read(id, `?per_page=${perPage}${after}${more}`);
      expect(status).toBe(200);
      const page = body as Page;
      expect(page.members.length).toBeLessThanOrEqual(perPage);
      members.push(...page.members);
      next = page.next;
    }
    return members;
  }

  test('come page by page, users by their own id, each once', async () => {
    const rich = ['a', 'B', 'ä', '10', '9', 'x y', "o'neil", '😀'];
    for (const customerId of rich) await give(customerId, '501');
    await give('poor', '5');
    for (const userId of ['u1', 'u2']) {
      await setAlias(ours.editor, { userId, tableId: crm.id, customerId: 'a' });
    }
    const { id } = await create({ name: 'Rich', conditions: moreThan(500) });
    const bytes = (left: string, right: string) =>
      Buffer.compare(Buffer.from(left), Buffer.from(right));
    const expected = [
      ...['u1', 'u2'].map((customer_id) => ({ dcp_datasource_id: hubId, customer_id })),
      ...rich
        .filter((customerId) => customerId !== 'a')
        .toSorted(bytes)
        .map((customer_id) => ({ dcp_datasource_id: crm.id, customer_id })),
    ];
    for (const perPage of [1, 2, 3, 9, 1_000]) expect(await readAll(id, perPage)).toEqual(expected);
    const ofTable = await readAll(id, 4, `&dcp_datasource_id=${crm.id}`);
    expect(ofTable).toEqual(expected.slice(2));
    expect(await readAll((await create({ name: 'Nobody' })).id, 10)).toEqual([]);
  });

  test('what cannot be listed is said', async () => {
    const { id } = await create({ name: 'Any', conditions: moreThan(500) });
    const nul = Buffer.from(JSON.stringify([crm.id, '\0'])).toString('base64url');
    for (const query of [
      '?after=nonsense',
      `?after=${nul}`,
      '?per_page=0',
      '?dcp_datasource_id=999999',
    ]) {
      expect(await read(id, query)).toMatchObject({
        status: 400,
        body: { code: 'invalid-fields' },
      });
    }
    const { id: unlinked } = await createProject(ours.editor, { name: 'Alone', serviceId: null });
    const made = await call(editor, {
      route: audiencesRoute.POST,
      method: 'POST',
      id: unlinked,
      body: { name: 'Of nobody' },
    });
    expect((await read((made.body as Audience).id)).status).toBe(400);
  });

  async function give(customerId: string, value: string): Promise<void> {
    const values = [{ attributeId: ltv, type: 'long', value } as const];
    await writeProfile(getPool(), { tableId: crm.id, customerId, values });
  }
});

test('conditions are counted before anything is saved', async () => {
  const values = [{ attributeId: ltv, type: 'long', value: '90000' } as const];
  for (const customerId of ['s1', 's2']) {
    await writeProfile(getPool(), { tableId: crm.id, customerId, values });
  }
  const size = (conditions: unknown, headers = viewer) =>
    call(headers, { route: sizeRoute.POST, method: 'POST', id: projectId, body: { conditions } });
  expect(await size(moreThan(80_000))).toMatchObject({
    status: 200,
    body: { size: 2, exact: true, low: 2, high: 2 },
  });
  expect(await size('[]')).toMatchObject({ body: { size: 0, exact: true } });
  expect(await size(['and'])).toMatchObject({ status: 400, body: { code: 'invalid-fields' } });
  expect((await size('[]', stranger)).status).toBe(404);
  expect((await size('[]', {})).status).toBe(401);
  // Whoever may ask how many spend more than 80,000 may ask for what each of them spends.
  expect(await size(moreThan(80_000), configurer)).toMatchObject({
    status: 403,
    body: { code: 'missing-scope' },
  });
});
