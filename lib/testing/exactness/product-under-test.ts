import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { createAttributeRequest } from '#lib/contracts/attributes.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { uploadFile } from '#lib/ingest/testing/uploads.ts';
import { getBlobStore } from '#lib/services/blob-store.ts';
import { uploadsChannel } from '#lib/store/worker-session.ts';
import { tokenHeadersFor } from '../requests.ts';
import { createTestAccount } from '../test-account.ts';
import { waitForEnd } from '../test-node.ts';
import { createTestTable } from '../test-table.ts';
import type { ProductUnderTest } from './compare-with-api.ts';
import { typedColumns } from './generate-cells.ts';

const dateFormats: Readonly<Record<string, string>> = {
  date: 'yyyy-mm-dd',
  datetime: 'yyyy-mm-ddThh:mm:ssZ',
  epoch: 'epoch',
};

const attributes = typedColumns.map(({ name, type }) => {
  const format = dateFormats[type];
  const datatype = format === undefined ? type : 'datetime';
  return createAttributeRequest.parse({ name, datatype, format });
});

/** A table with the typed columns, loaded by whatever worker runs and read through the profile API. */
export async function startProductUnderTest(profileUrl: string): Promise<ProductUnderTest> {
  const account = await createTestAccount('Exact');
  const table = await createTestTable(account.editor, attributes);
  const headers = await tokenHeadersFor(account.accountId, 'viewer');
  const agent = new Agent({ keepAlive: true });
  const path = `/api/customer_profile/${account.serviceId}/${table.id}`;
  return {
    tableId: table.id,
    load: async (content) => {
      const id = await uploadFile(await getBlobStore(), table.id, { content });
      await getPool().query('SELECT pg_notify($1, $2)', [uploadsChannel, String(table.id)]);
      const upload = await waitForEnd(account.viewer, id);
      await getDb().storedObject.deleteMany({ where: { tableId: table.id } });
      return upload.rowsAccepted;
    },
    lookUp: async (customerId) => {
      const url = `${profileUrl}${path}/${encodeURIComponent(customerId)}`;
      const request = get(url, { agent, headers });
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      const body = await text(response);
      if (response.statusCode !== 200) throw new Error(`${response.statusCode}: ${body}`);
      return body;
    },
  };
}
