import { expect, test } from 'vitest';
import { audienceCatalogue } from '#lib/contracts/audiences.ts';
import { updateAttribute } from '#lib/services/attributes/update-attribute.ts';
import { insertProject } from '#lib/services/projects.ts';
import { inTransaction } from '#lib/services/transaction.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { makeRequest, pathParams, signInAs } from '#lib/testing/requests.ts';
import { createTestAccount } from '#lib/testing/test-account.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import { GET as read } from './route.ts';

process.env['LOG_LEVEL'] = 'silent';
useTestDatabase();

test('rules can be about the attributes of the own service; archived ones are still named', async () => {
  const ours = await createTestAccount('Ours');
  const theirs = await createTestAccount('Theirs');
  for (const { administrator, serviceId } of [ours, theirs]) {
    await inTransaction((tx) => insertProject(tx, administrator, { name: 'Site', serviceId }));
  }
  const table = await createTestTable(ours.editor);
  const [archived] = table.attributes;
  if (!archived) throw new Error('The table has no attributes.');
  await updateAttribute(ours.editor, archived.id, { archived: true });

  const catalogueOf = async (accountId: number) => {
    const { headers } = await signInAs(accountId, 'viewer');
    const response = await read(makeRequest('/api', { headers }), pathParams({}));
    return audienceCatalogue.parse(await response.json());
  };
  const catalogue = await catalogueOf(ours.accountId);
  expect(catalogue.projects).toEqual([{ id: catalogue.project.id, name: 'Site' }]);
  const found = catalogue.tables.find(({ id }) => id === table.id);
  expect(found?.attributes.map(({ id }) => id)).toEqual(table.attributes.map(({ id }) => id));
  expect(found?.attributes.find(({ id }) => id === archived.id)?.archived).toBe(true);
  const other = await catalogueOf(theirs.accountId);
  expect(other.tables.some(({ id }) => id === table.id)).toBe(false);
});
