import { beforeAll, beforeEach, expect, test } from 'vitest';
import { getDb } from '#lib/db/client.ts';
import { updateAttribute } from '#lib/services/attributes/update-attribute.ts';
import {
  createAudience,
  deleteAudience,
  saveAudience,
} from '#lib/services/audiences/save-audience.ts';
import { createProject, updateProject } from '#lib/services/projects.ts';
import { updateTable } from '#lib/services/tables/update-table.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { tokenHeadersFor } from '#lib/testing/requests.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode } from '#lib/testing/test-node.ts';
import { createTestTable } from '#lib/testing/test-table.ts';

useTestDatabase();
const node = useTestNode({ hasWorker: false });

type Headers = Readonly<Record<string, string>>;

let ours: TestAccount;
let editor: Headers;
let stranger: Headers;
let hub: number;
let crm: number;
let ltv: number;
let project: number;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  const theirs = await createTestAccount('Theirs');
  editor = await tokenHeadersFor(ours.accountId, 'editor');
  stranger = await tokenHeadersFor(theirs.accountId, 'administrator');
  const { serviceId } = ours;
  hub = (await getDb().table.findFirstOrThrow({ where: { serviceId, isOptimizely: true } })).id;
});

beforeEach(async () => {
  const table = await createTestTable(ours.editor, [{ name: 'ltv', datatype: 'long' }]);
  crm = table.id;
  ltv = table.attributes[0]?.id ?? 0;
  const { serviceId } = ours;
  ({ id: project } = await createProject(ours.editor, { name: 'Shop', serviceId }));
});

const url = (kind: string, table: number, customer: string) =>
  `${node.profileUrl()}/api/${kind}/${ours.serviceId}/${table}/${encodeURIComponent(customer)}`;

async function post(address: string, data: object): Promise<void> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { ...editor, 'content-type': 'application/json' },
    body: JSON.stringify({ data }),
  });
  expect(response.status).toBe(201);
}

async function read(table: number, customer: string, headers = editor) {
  const response = await fetch(url('audiences', table, customer), { headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** Their names, when the project's own are looked at. */
async function audiencesOf(table: number, customer: string): Promise<string[]> {
  const { status, body } = await read(table, customer);
  expect(status).toBe(200);
  const audiences = body['audiences'] as { name: string; projectId: string }[];
  return audiences.filter((one) => one.projectId === String(project)).map(({ name }) => name);
}

function audience(name: string, conditions: unknown): Promise<number> {
  const content = { description: null, conditions: JSON.stringify(conditions), layout: null };
  return createAudience(ours.editor, { projectId: project, name, ...content });
}

function rule(match_type: string, value?: unknown) {
  return {
    ...{ type: 'external_attribute', dcp_datasource_id: crm, dcp_datasource_attribute_id: ltv },
    ...{ match_type, value },
  };
}

test('a customer is in what holds for them now, by any of the tables that know them', async () => {
  const rich = await audience('Rich', rule('gt', 500));
  await audience('Not rich', ['not', { type: 'audience', audience_id: rich }]);
  await audience('Without value', ['not', rule('exists')]);
  await post(url('customer_profile', crm, 'c 1'), { ltv: 501 });
  await post(url('alias', hub, 'u1'), { [crm]: 'c 1' });
  expect((await read(crm, 'c 1')).body).toEqual({
    dcpServiceId: String(ours.serviceId),
    datasourceId: String(crm),
    customerId: 'c 1',
    audiences: [{ id: String(rich), projectId: String(project), name: 'Rich' }],
    profiles: 1,
    complete: true,
  });
  expect(await audiencesOf(hub, 'u1')).toEqual(['Rich']);
  await post(url('customer_profile', crm, 'c 1'), { ltv: 5 });
  expect(await audiencesOf(hub, 'u1')).toEqual(['Not rich']);
  await post(url('customer_profile', crm, 'c 1'), { ltv: null });
  expect(await audiencesOf(crm, 'c 1')).toEqual(['Without value']);
});

test('who shares an ID is in what any of its users is in; nobody known is in none', async () => {
  const page = await createTestTable(ours.editor, [{ name: 'page', datatype: 'string' }]);
  const attribute = page.attributes[0]?.id;
  await audience('Reader', {
    ...{ type: 'external_attribute', dcp_datasource_id: page.id },
    ...{ dcp_datasource_attribute_id: attribute, match_type: 'exact', value: '/' },
  });
  await post(url('alias', hub, 'phone'), { [crm]: 'shared' });
  await post(url('alias', hub, 'laptop'), { [crm]: 'shared', [page.id]: 'p1' });
  await post(url('customer_profile', page.id, 'p1'), { page: '/' });
  expect((await read(crm, 'shared')).body).toMatchObject({ profiles: 2, complete: true });
  expect(await audiencesOf(crm, 'shared')).toEqual(['Reader']);
  expect(await audiencesOf(hub, 'phone')).toEqual([]);
  expect((await read(crm, 'nobody')).body).toMatchObject({ audiences: [], profiles: 0 });
});

test('every change of the definition counts from the next request on', async () => {
  await post(url('customer_profile', crm, 'c1'), { ltv: 501 });
  expect(await audiencesOf(crm, 'c1')).toEqual([]);
  const id = await audience('Rich', rule('gt', 500));
  expect(await audiencesOf(crm, 'c1')).toEqual(['Rich']);
  await saveAudience(ours.editor, id, { name: 'Richer' });
  expect(await audiencesOf(crm, 'c1')).toEqual(['Richer']);
  await saveAudience(ours.editor, id, { conditions: JSON.stringify(rule('gt', 501)) });
  expect(await audiencesOf(crm, 'c1')).toEqual([]);
  await saveAudience(ours.editor, id, { conditions: JSON.stringify(rule('gt', 500)) });
  await saveAudience(ours.editor, id, { archived: true });
  expect(await audiencesOf(crm, 'c1')).toEqual([]);
  await saveAudience(ours.editor, id, { archived: false });
  expect(await audiencesOf(crm, 'c1')).toEqual(['Richer']);
  await updateProject(ours.editor, project, { serviceId: null });
  expect(await audiencesOf(crm, 'c1')).toEqual([]);
  await updateProject(ours.editor, project, { serviceId: ours.serviceId });
  expect(await audiencesOf(crm, 'c1')).toEqual(['Richer']);
  await updateAttribute(ours.editor, ltv, { archived: true });
  expect(await audiencesOf(crm, 'c1')).toEqual([]);
  await updateAttribute(ours.editor, ltv, { archived: false });
  await updateTable(ours.editor, crm, { archived: true });
  expect((await read(crm, 'c1')).body).toMatchObject({ audiences: [], profiles: 0 });
  await updateTable(ours.editor, crm, { archived: false });
  expect(await audiencesOf(crm, 'c1')).toEqual(['Richer']);
  await deleteAudience(ours.editor, id);
  expect(await audiencesOf(crm, 'c1')).toEqual([]);
});

test('without the right, or from elsewhere, there is nothing to see', async () => {
  const scopes = ['read-configuration', 'write-configuration', 'write-profiles'] as const;
  const blind = await tokenHeadersFor(ours.accountId, 'editor', { scopes });
  expect(await read(crm, 'c1', blind)).toMatchObject({
    status: 403,
    body: { code: 'missing-scope' },
  });
  expect((await read(crm, 'c1', stranger)).status).toBe(404);
  expect((await read(crm, 'c1', {})).status).toBe(401);
  expect((await read(999_999, 'c1')).status).toBe(404);
});
