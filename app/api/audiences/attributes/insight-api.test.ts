import { beforeAll, expect, test } from 'vitest';
import { attributeInsight, audienceCatalogue, suggestedValues } from '#lib/contracts/audiences.ts';
import { getPool } from '#lib/db/pool.ts';
import { createAudience } from '#lib/services/audiences/save-audience.ts';
import { insertProject } from '#lib/services/projects.ts';
import { inTransaction } from '#lib/services/transaction.ts';
import { writeProfile } from '#lib/store/write-profile.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { makeRequest, pathParams, signInAs, type SignedIn } from '#lib/testing/requests.ts';
import { createTestAccount } from '#lib/testing/test-account.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import { GET as readInsight } from './[id]/route.ts';
import { GET as suggest } from './[id]/values/route.ts';
import { GET as readCatalogue } from './route.ts';

process.env['LOG_LEVEL'] = 'silent';
useTestDatabase();

let viewer: SignedIn;
let stranger: SignedIn;
let attributeId: number;

beforeAll(async () => {
  const ours = await createTestAccount('Ours');
  const theirs = await createTestAccount('Theirs');
  const { administrator, serviceId } = ours;
  await inTransaction((tx) => insertProject(tx, administrator, { name: 'Site', serviceId }));
  viewer = await signInAs(ours.accountId, 'viewer');
  stranger = await signInAs(theirs.accountId, 'administrator');
  const table = await createTestTable(ours.editor, [{ name: 'city', datatype: 'string' }]);
  attributeId = table.attributes[0]?.id ?? 0;
  const { id: tableId } = table;
  const cities = [...Array<string>(5).fill('Paris'), 'Parma', null, null];
  for (const [index, value] of cities.entries()) {
    const values = [{ attributeId, type: 'string', value } as const];
    await writeProfile(getPool(), { tableId, customerId: `c${index}`, values });
  }
  const conditions = JSON.stringify([
    'and',
    {
      type: 'external_attribute',
      dcp_datasource_id: tableId,
      dcp_datasource_attribute_id: attributeId,
      match_type: 'exists',
    },
  ]);
  const content = { name: 'Has a city', description: null, layout: null, conditions };
  await createAudience(ours.editor, content);
});

const insightOf = (id: number, { headers }: SignedIn) =>
  readInsight(makeRequest('/api', { headers }), pathParams({ id: String(id) }));
const valuesOf = (query: string, { headers }: SignedIn) =>
  suggest(makeRequest(`/api${query}`, { headers }), pathParams({ id: String(attributeId) }));

test('what nobody asked about yet is read when it is asked about, and kept', async () => {
  const found = attributeInsight.parse(await (await insightOf(attributeId, viewer)).json());
  expect(found).toMatchObject({
    attributeId,
    ...{ rowCount: 8, isExact: true, rowsRead: 8, fillRate: 0.75, distinct: 2 },
    ...{ min: null, max: null, histogram: [], lastUpload: null },
    top: [{ value: 'Paris' }],
    usedBy: [{ name: 'Has a city' }],
  });
  const again = attributeInsight.parse(await (await insightOf(attributeId, viewer)).json());
  expect(again).toEqual(found);
  const { headers } = viewer;
  const response = await readCatalogue(makeRequest('/api', { headers }), pathParams({}));
  const catalogue = audienceCatalogue.parse(await response.json());
  const attributes = catalogue.tables.flatMap((table) => table.attributes);
  expect(attributes.find(({ id }) => id === attributeId)?.fillRate).toBe(0.75);
});

test('values are suggested', async () => {
  const response = await valuesOf('?prefix=PAR', viewer);
  expect(suggestedValues.parse(await response.json())).toEqual({
    values: ['Paris', 'Parma'],
    isComplete: true,
  });
  const one = await valuesOf('?limit=1', viewer);
  expect(await one.json()).toEqual({ values: ['Paris'], isComplete: false });
  expect((await valuesOf('?prefix=%00', viewer)).status).toBe(422);
});

test("another account's attribute does not exist", async () => {
  expect((await insightOf(attributeId, stranger)).status).toBe(404);
  expect((await valuesOf('', stranger)).status).toBe(404);
  expect((await insightOf(999_999, viewer)).status).toBe(404);
});
