import { OpenDcp } from 'opendcp/client';
import { expect, test } from 'vitest';
import { useRestServer } from '../../testing/rest-server.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { tokenHeadersFor } from '#lib/testing/requests.ts';
import { createTestAccount } from '#lib/testing/test-account.ts';

process.env['LOG_LEVEL'] = 'silent';
process.env['SECRETS_IN_ANSWERS'] = 'false';
useTestDatabase();
const server = useRestServer();

test('no token is shown a key pair where the installation does not want it', async () => {
  const { accountId, serviceId } = await createTestAccount('Ours');
  const { token = '' } = await tokenHeadersFor(accountId, 'administrator');
  const { tables } = new OpenDcp({ url: server(), token });
  const hidden = { aws_access_key: null, aws_secret_key: null };
  const created = await tables.create(serviceId, { name: 'CRM', keyfield_locator_type: 'uid' });
  expect(created).toMatchObject(hidden);
  expect(await tables.get(created.id)).toMatchObject(hidden);
  for (const table of await tables.list(serviceId)) expect(table).toMatchObject(hidden);
});
