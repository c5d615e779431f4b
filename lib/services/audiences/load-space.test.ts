import { beforeAll, expect, test } from 'vitest';
import { getDb } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import { setAlias } from '../profiles/identity.ts';
import { updateTable } from '../tables/update-table.ts';
import { loadProfileSpace } from './load-space.ts';

useTestDatabase();

let account: TestAccount;

beforeAll(async () => {
  account = await createTestAccount();
});

test('archived tables are left out, and only tables with an alias are joined', async () => {
  const { serviceId, editor } = account;
  const hub = await getDb().table.findFirstOrThrow({ where: { serviceId, isOptimizely: true } });
  const { id: aliased } = await createTestTable(editor);
  const { id: alone } = await createTestTable(editor);
  const { id: archived } = await createTestTable(editor);
  await updateTable(editor, archived, { archived: true });
  const none = { hubTableId: hub.id, tables: [aliased, alone].map(withoutAliases) };
  expect(await loadProfileSpace(getDb(), serviceId)).toEqual(none);

  await setAlias(editor, { userId: 'u1', tableId: aliased, customerId: 'c1' });
  const { id: aliasAttributeId } = await getDb().attribute.findUniqueOrThrow({
    where: { aliasTableId: aliased },
  });
  expect(await loadProfileSpace(getDb(), serviceId)).toEqual({
    hubTableId: hub.id,
    tables: [{ tableId: aliased, aliasAttributeId }, withoutAliases(alone)],
  });
});

function withoutAliases(tableId: number) {
  return { tableId, aliasAttributeId: null };
}
