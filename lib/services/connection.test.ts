import { XMLParser } from 'fast-xml-parser';
import { beforeAll, expect, test } from 'vitest';
import { createAttributeRequest } from '#lib/contracts/attributes.ts';
import { updateAttribute } from '#lib/services/attributes/update-attribute.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { findFreePort } from '#lib/db/embedded/free-port.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode } from '#lib/testing/test-node.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import { renderBookmark } from './connection/bookmark.ts';
import { tryListing } from './connection/test-connection.ts';
import { getTemplate } from './connection/template.ts';
import { createAttribute } from './attributes/create-attributes.ts';
import { getBookmark, getConnection, testConnection } from './connection.ts';
import { currentAccessKey, listCredentials, revealSecret } from './credentials.ts';

useTestDatabase();
const node = useTestNode({ hasWorker: false });

let ours: TestAccount;
let theirs: TestAccount;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  theirs = await createTestAccount('Theirs');
});

function port(): string {
  return new URL(node.s3Url()).port;
}

test.each([
  ['127.0.0.1:3000', '127.0.0.1'],
  ['dcp.example.com', 'dcp.example.com'],
  ['[::1]:3000', '[::1]'],
  ['no host at all', '127.0.0.1'],
  [null, '127.0.0.1'],
])('reached as %s, the endpoint is on %s', async (dashboardHost, host) => {
  const { id, table } = await createTestTable(ours.editor);
  const connection = await getConnection(ours.viewer, { tableId: id, dashboardHost });
  expect(connection).toEqual({
    endpoint: `http://${host}:${port()}`,
    region: 'us-east-1',
    bucket: 'optimizely-import',
    s3Path: `dcp/${table.serviceId}/${id}`,
    credentials: await listCredentials(ours.viewer, id),
  });
});

test('the connection test lists with the table’s own key', async () => {
  const { id, table } = await createTestTable(ours.editor);
  const good = await testConnection(ours.editor, id);
  expect(good).toMatchObject({ ok: true });
  expect(good.milliseconds).toBeGreaterThan(0);
  await expect(testConnection(ours.viewer, id)).rejects.toMatchObject({ code: 'forbidden' });

  const { accessKeyId } = await currentAccessKey(id);
  const refused = await tryListing({
    endpoint: node.s3Url(),
    key: { accessKeyId, secretAccessKey: 'wrong' },
    s3Path: `dcp/${table.serviceId}/${id}`,
  });
  expect(refused.ok).toBe(false);
  expect(refused.message).toContain('SignatureDoesNotMatch');
});

test('an endpoint that is not there is told in a sentence', async () => {
  const endpoint = `http://127.0.0.1:${await findFreePort()}`;
  const { id, table } = await createTestTable(ours.editor);
  const answer = await tryListing({
    endpoint,
    key: await currentAccessKey(id),
    s3Path: `dcp/${table.serviceId}/${id}`,
  });
  expect(answer.ok).toBe(false);
  expect(answer.message).toContain(endpoint);
});

test('the bookmark holds everything but the secret', async () => {
  const { id, table } = await createTestTable(ours.editor);
  const { fileName, content } = await getBookmark(ours.viewer, {
    tableId: id,
    dashboardHost: '127.0.0.1:3000',
  });
  const [credential] = await listCredentials(ours.viewer, id);
  expect(fileName).toBe(`${table.name}.duck`);
  const entries = readPlist(content);
  expect(entries).toMatchObject({
    Protocol: 's3',
    Provider: 's3-http',
    Hostname: '127.0.0.1',
    Port: port(),
    Username: credential?.accessKeyId,
    Path: `/optimizely-import/dcp/${table.serviceId}/${id}`,
  });
  const { secretAccessKey } = await revealSecret(ours.editor, credential?.id ?? 0);
  expect(content).not.toContain(secretAccessKey);
});

test('a bookmark for TLS, with a name that XML would stumble over', () => {
  const content = renderBookmark({
    nickname: 'A & B <"C"> \u0007',
    endpoint: 'https://s3.example.com',
    bucket: 'bucket',
    s3Path: 'dcp/1/2',
    accessKeyId: 'ODCPX',
  });
  expect(readPlist(content)).toMatchObject({
    Provider: 'iterate GmbH',
    Nickname: 'A & B <"C">',
    Hostname: 's3.example.com',
    Port: '443',
  });
});

test('the template has every active attribute, and an example when asked', async () => {
  const { id, table, attributes } = await createTestTable(ours.editor);
  await createAttribute(
    ours.editor,
    id,
    createAttributeRequest.parse({ name: 'Height, in 6\'1"', datatype: 'double' }),
  );
  await updateAttribute(ours.editor, attributes[1]?.id ?? 0, { archived: true });
  const plain = await getTemplate(ours.viewer, { tableId: id, hasExample: false });
  expect(plain.fileName).toBe(`${table.name.replace(' ', '-')}-template.csv`);
  expect(plain.content).toBe(
    'customerId,string,long,double,date,datetime,epoch,"Height, in 6\'1"""\n',
  );
  const example = await getTemplate(ours.viewer, { tableId: id, hasExample: true });
  expect(example.content.startsWith(plain.content)).toBe(true);
  expect(example.content.trimEnd().split('\n')).toHaveLength(2);
});

test('another account finds nothing', async () => {
  const { id } = await createTestTable(ours.editor);
  const input = { tableId: id, dashboardHost: null };
  const missing = { code: 'not-found' };
  const stranger = theirs.administrator;
  await expect(getConnection(stranger, input)).rejects.toMatchObject(missing);
  await expect(testConnection(stranger, id)).rejects.toMatchObject(missing);
  await expect(getBookmark(stranger, input)).rejects.toMatchObject(missing);
  await expect(getTemplate(stranger, { tableId: id, hasExample: true })).rejects.toMatchObject(
    missing,
  );
});

function readPlist(content: string): Record<string, string> {
  const parser = new XMLParser({
    preserveOrder: false,
    parseTagValue: false,
    isArray: () => false,
  });
  const parsed = parser.parse(content) as { plist: { dict: { key: string[]; string: string[] } } };
  const { key, string } = parsed.plist.dict;
  return Object.fromEntries(string.map((value, index) => [key[index] ?? '', value]));
}
