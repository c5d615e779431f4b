import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAttributeRequest } from '#lib/contracts/attributes.ts';
import { errorResponse } from '#lib/contracts/common.ts';
import { createTableRequest } from '#lib/contracts/tables.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { dropTable, ensureTable } from '#lib/store/physical-tables.ts';
import { createAttributes } from '#lib/services/attributes/create-attributes.ts';
import { updateAttribute } from '#lib/services/attributes/update-attribute.ts';
import type { UserActor } from '#lib/services/actor.ts';
import { createTable } from '#lib/services/tables/create-table.ts';
import { updateTable } from '#lib/services/tables/update-table.ts';
import { registerToken } from '#lib/services/tokens/register-token.ts';
import { inTransaction } from '#lib/services/transaction.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { listen } from '../listen.ts';
import { createProfileServer } from './server.ts';

useTestDatabase();

const logLines: string[] = [];
const logger = pino({ level: 'trace' }, { write: (line) => logLines.push(line) });

let app: FastifyInstance;
let port: number;
let isHealthy = true;
let ours: TestAccount;
let theirs: TestAccount;
let table: { id: number; path: string };

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  theirs = await createTestAccount('Theirs');
  await giveToken('editor-token', ours.editor);
  await giveToken('viewer-token', ours.viewer);
  await giveToken('foreign-token', theirs.administrator);
  app = createProfileServer({
    logger,
    checkHealth: () => (isHealthy ? Promise.resolve() : Promise.reject(new Error('ill'))),
  });
  await app.ready();
  const options = { host: '127.0.0.1', port: 0, name: 'Test', variable: 'PROFILE_PORT' };
  port = await listen(app.server, options);
  table = await makeTable('Data warehouse');
});

afterAll(() => app.close());

async function giveToken(token: string, { userId, ...actor }: UserActor): Promise<void> {
  await inTransaction((tx) =>
    registerToken(tx, { ...actor, userId }, { token, userId, name: token }),
  );
}

async function makeTable(name: string) {
  const request = createTableRequest.parse({ name, keyKind: 'cookie', keyName: 'id' });
  const { id } = await createTable(ours.editor, request);
  const attributes = [
    { name: 'text', datatype: 'string' },
    { name: 'Life-time value', datatype: 'double' },
    { name: 'points', datatype: 'long' },
    { name: 'vip', datatype: 'bool' },
    { name: 'born', datatype: 'datetime', format: 'yyyy-mm-dd' },
    { name: 'seen', datatype: 'datetime', format: 'yyyy-mm-ddThh:mm:ssZ' },
    { name: 'stamp', datatype: 'datetime', format: 'epoch' },
  ];
  await createAttributes(
    ours.editor,
    id,
    attributes.map((attribute) => createAttributeRequest.parse(attribute)),
  );
  return { id, path: `/api/customer_profile/${ours.serviceId}/${id}` };
}

interface Call {
  readonly path: string;
  readonly method?: string;
  readonly token?: string | null;
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
}

/** Sends the path as it is, where `fetch` would tidy it up. */
async function call({ path, method = 'GET', token = 'editor-token', body, headers }: Call) {
  const request = httpRequest({
    host: '127.0.0.1',
    port,
    path,
    method,
    headers: {
      ...(token === null ? {} : { token }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
  });
  request.end(body);
  // A body that is refused on sight is not read to its end.
  request.on('error', () => undefined);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const text = (await buffer(response)).toString('utf8');
  return { status: response.statusCode, text, headers: response.headers };
}

function write(customerId: string, data: string, options: Partial<Call> = {}) {
  const path = `${table.path}/${encodeURIComponent(customerId)}`;
  return call({ path, method: 'POST', body: `{"data":${data}}`, ...options });
}

function read(customerId: string, options: Partial<Call> = {}) {
  return call({ path: `${table.path}/${encodeURIComponent(customerId)}`, ...options });
}

function dataOf(text: string): string {
  return text.slice(text.indexOf('"data":') + '"data":'.length, -1);
}

describe('writing and reading', () => {
  test('a row that no database page can hold is refused in words', async () => {
    const request = createTableRequest.parse({ name: 'Wide', keyKind: 'cookie', keyName: 'id' });
    const { id } = await createTable(ours.editor, request);
    const path = `/api/customer_profile/${ours.serviceId}/${id}`;
    const names = Array.from({ length: 1_100 }, (_, index) => `n${index}`);
    await getDb().attribute.createMany({
      data: names.map((name) => ({ tableId: id, name, datatype: 'long' })),
    });
    // Made anew with all columns, which is much quicker than adding them.
    await dropTable(getPool(), id);
    const attributes = await getDb().attribute.findMany({ where: { tableId: id } });
    const columns = attributes.map(({ id: attributeId }) => ({
      attributeId,
      type: 'long' as const,
    }));
    await ensureTable(getPool(), id, columns);
    const data = JSON.stringify(Object.fromEntries(names.map((name) => [name, 1])));
    const answer = await call({ path: `${path}/c1`, method: 'POST', body: `{"data":${data}}` });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('Spread the attributes over several tables');
    expect((await call({ path: `${path}/c1` })).status).toBe(404);
  });

  test('a write answers 201 with an empty body, and the read has the documented shape', async () => {
    const written = await write('oeu1234.5678', '{"Life-time value": 10, "text": "jeans"}');
    expect(written).toMatchObject({ status: 201, text: '' });
    const got = await read('oeu1234.5678');
    expect(got.status).toBe(200);
    expect(got.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(got.text)).toEqual({
      dcpServiceId: String(ours.serviceId),
      datasourceId: String(table.id),
      customerId: 'oeu1234.5678',
      data: { 'Life-time value': 10, text: 'jeans' },
    });
  });

  test.each([
    ['points', '9223372036854775807', '"9223372036854775807"'],
    ['points', '"-9223372036854775807"', '"-9223372036854775807"'],
    ['points', '9007199254740991', '9007199254740991'],
    ['Life-time value', '1.7976931348623157e308', '1.7976931348623157e+308'],
    ['Life-time value', '5e-324', '5e-324'],
    ['Life-time value', '0.1', '0.1'],
    ['Life-time value', '-0', '-0'],
    ['vip', '"TRUE"', 'true'],
    ['vip', 'false', 'false'],
    ['born', '"2024-02-29"', '"2024-02-29"'],
    ['seen', '"2022-05-02T10:10:59Z"', '"2022-05-02T10:10:59Z"'],
    ['seen', '"1999-01-01T00:00:00"', '"1999-01-01T00:00:00Z"'],
    ['stamp', '1651676123', '1651676123'],
    ['text', '"a \\"quoted\\", two\\nlines 👩‍👩‍👧"', '"a \\"quoted\\", two\\nlines 👩‍👩‍👧"'],
    ['text', '""', '""'],
  ])('%s keeps %s exactly', async (name, sent, printed) => {
    const id = `exact ${name} ${sent}`;
    expect(await write(id, `{${JSON.stringify(name)}: ${sent}}`)).toMatchObject({ status: 201 });
    expect(dataOf((await read(id)).text)).toBe(`{${JSON.stringify(name)}:${printed}}`);
  });

  test('what a write does not name stays, null clears', async () => {
    await write('merge', '{"points": 5, "text": "Paris"}');
    await write('merge', '{"points": 6}');
    expect(dataOf((await read('merge')).text)).toBe('{"text":"Paris","points":6}');
    await write('merge', '{"text": null}');
    expect(dataOf((await read('merge')).text)).toBe('{"points":6}');
  });

  test('an empty write creates the customer', async () => {
    expect(await write('empty', '{}')).toMatchObject({ status: 201 });
    expect(dataOf((await read('empty')).text)).toBe('{}');
  });

  test.each([
    'mkto1245433:213ad',
    'sfdc1223a3_ji$ddd',
    'a/b',
    '..',
    '.',
    '100%',
    '%2F',
    '%252F',
    'a b+c',
    'a?b#c;d=e,f',
    'ä 客户 👩',
    '\\',
    'x'.repeat(1024),
    'é'.repeat(512),
  ])('customer ID %s goes through the address unharmed', async (id) => {
    await write(id, '{"points": 1}');
    await write(`${id} `.slice(0, 1024), '{"points": 2}');
    const { status, text } = await read(id);
    expect({ status, ...(JSON.parse(text) as object) }).toMatchObject({
      status: 200,
      customerId: id,
    });
  });

  test('a trailing slash changes nothing', async () => {
    const path = `${table.path}/slash/`;
    expect(await call({ path, method: 'POST', body: '{"data":{"points":1}}' })).toMatchObject({
      status: 201,
    });
    expect(await read('slash')).toMatchObject({ status: 200 });
  });

  test('an archived attribute is neither read nor written', async () => {
    const other = await makeTable('With an archived attribute');
    const [archived] = await createAttributes(ours.editor, other.id, [
      createAttributeRequest.parse({ name: 'old', datatype: 'string' }),
    ]);
    if (!archived) throw new Error('No attribute was made.');
    const path = `${other.path}/c1`;
    await call({ path, method: 'POST', body: '{"data":{"old":"x","points":1}}' });
    await updateAttribute(ours.editor, archived.id, { archived: true });
    expect(dataOf((await call({ path })).text)).toBe('{"points":1}');
    const refused = await call({ path, method: 'POST', body: '{"data":{"old":"y"}}' });
    expect(refused.status).toBe(400);
    expect(errorResponse.parse(JSON.parse(refused.text)).fields?.['old']).toMatch(/archived/);
    await updateAttribute(ours.editor, archived.id, { archived: false });
    expect(dataOf((await call({ path })).text)).toBe('{"points":1,"old":"x"}');
  });

  test('an archived table can be read and not written', async () => {
    const other = await makeTable('Archived');
    const path = `${other.path}/c1`;
    const body = '{"data":{"points":1}}';
    await call({ path, method: 'POST', body });
    await updateTable(ours.editor, other.id, { archived: true });
    expect(await call({ path })).toMatchObject({ status: 200 });
    expect(await call({ path, method: 'POST', body })).toMatchObject({ status: 400 });
  });
});

describe('refusals', () => {
  function errorOf({ text }: { readonly text: string }) {
    return errorResponse.parse(JSON.parse(text));
  }

  test('one bad value or unknown key fails the whole write and every fault is named', async () => {
    const refused = await write(
      'faulty',
      '{"points": 1.5, "vip": "yes", "Points": 1, "nothing": 2, "text": "fine", "born": "2022-13-01", "__proto__": 1}',
    );
    expect(refused.status).toBe(400);
    const { code, message, fields } = errorOf(refused);
    expect(code).toBe('invalid-fields');
    expect(message).toMatch(/^Nothing was written\./);
    expect(Object.keys(fields ?? {}).sort()).toEqual(
      ['Points', 'born', 'nothing', 'points', 'vip'].sort(),
    );
    expect(refused.text).toContain('"__proto__":');
    expect(fields?.['Points']).toContain('"points"');
    expect(await read('faulty')).toMatchObject({ status: 404 });
  });

  test.each([
    ['{"data": [1]}', 'data'],
    ['{"data": 9223372036854775807}', 'data'],
    ['{}', 'data'],
    ['[]', 'data'],
    ['null', 'data'],
  ])('%s has no data', async (body, field) => {
    const refused = await call({ path: `${table.path}/c1`, method: 'POST', body });
    expect(refused.status).toBe(400);
    expect(Object.keys(errorOf(refused).fields ?? {})).toEqual([field]);
  });

  test.each([
    ['not JSON', { body: '{"data":' }, 400],
    ['not UTF-8', { body: Buffer.from([0x22, 0xff, 0x22]) }, 400],
    ['nothing', { body: '' }, 400],
    ['a form', { body: 'a=b', headers: { 'content-type': 'text/plain' } }, 415],
    ['too much', { body: `{"data":{"text":"${'x'.repeat(9 * 1024 * 1024)}"}}` }, 413],
  ])('a body that is %s', async (_name, options, status) => {
    const refused = await call({ path: `${table.path}/c1`, method: 'POST', ...options });
    expect(refused.status).toBe(status);
    errorOf(refused);
  });

  test('a caller that sends far too much, and reads nothing before, gets the answer', async () => {
    const socket = connect(port, '127.0.0.1');
    const body = Buffer.alloc(32 * 1024 * 1024, ' ');
    const head = [
      `POST ${table.path}/c1 HTTP/1.1`,
      'Host: dcp.test',
      'Token: editor-token',
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
    ];
    // Twice, on a connection that is kept alive.
    for (let time = 0; time < 2; time++) {
      socket.write(`${head.join('\r\n')}\r\n\r\n`);
      await new Promise((resolve, reject) => {
        socket.once('error', reject);
        socket.write(body, resolve);
      });
    }
    socket.end();
    expect((await text(socket)).match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 413']);
  });

  test('a customer who is not there', async () => {
    const missing = await read('nobody');
    expect(missing.status).toBe(404);
    expect(errorOf(missing)).toMatchObject({ code: 'not-found' });
  });

  test.each([
    ['a blank customer ID', '%20'],
    ['a NUL', 'a%00b'],
    ['too long a customer ID', 'x'.repeat(1025)],
    ['far too long a customer ID', 'x'.repeat(5000)],
    ['broken escapes', '%E0%A4%A'],
    ['bytes that are not UTF-8', '%ff'],
  ])('%s', async (_name, segment) => {
    const refused = await call({ path: `${table.path}/${segment}` });
    expect(refused.status).toBe(400);
    errorOf(refused);
  });

  test('without a good token nobody gets in', async () => {
    const missing = await read('c1', { token: null });
    expect(missing.status).toBe(401);
    expect(errorOf(missing).message).toMatch(/^Authentication Failed/);
    const bearer = await read('c1', { token: null, headers: { authorization: 'Bearer x' } });
    expect(errorOf(bearer).message).toContain('Token');
    expect(await read('c1', { token: 'made-up-token' })).toMatchObject({ status: 403 });
  });

  test('a viewer reads and does not write', async () => {
    await write('role', '{"points":1}');
    expect(await read('role', { token: 'viewer-token' })).toMatchObject({ status: 200 });
    expect(await write('role', '{"points":2}', { token: 'viewer-token' })).toMatchObject({
      status: 403,
    });
  });

  test('another account, another service and made-up ids are not found', async () => {
    await write('boundary', '{"points":1}');
    const rest = `${table.id}/boundary`;
    const body = '{"data":{"points":2}}';
    const token = 'foreign-token';
    expect(await read('boundary', { token })).toMatchObject({ status: 404 });
    expect(await write('boundary', '{"points":2}', { token })).toMatchObject({ status: 404 });
    for (const service of [theirs.serviceId, 999_999, 'x', '1e3', '99999999999']) {
      const path = `/api/customer_profile/${service}/${rest}`;
      expect(await call({ path })).toMatchObject({ status: 404 });
      expect(await call({ path, method: 'POST', body })).toMatchObject({ status: 404 });
    }
    expect(dataOf((await read('boundary')).text)).toBe('{"points":1}');
  });

  test('an address that does not exist answers JSON too', async () => {
    const missing = await call({ path: '/api/nothing' });
    expect(missing.status).toBe(404);
    errorOf(missing);
  });
});

test('health says what the process can do', async () => {
  expect(await call({ path: '/api/health', token: null })).toMatchObject({ status: 200 });
  isHealthy = false;
  expect((await call({ path: '/api/health', token: null })).status).toBeGreaterThanOrEqual(500);
  isHealthy = true;
});

test('neither customer IDs nor values nor tokens are logged', async () => {
  await write('secret-customer', '{"text":"secret-value"}');
  await read('secret-customer');
  await write('secret-customer', '{"points":"secret-fault"}');
  const log = logLines.join('');
  expect(log).toContain('customer_profile/:service/:table/:customerId');
  for (const secret of ['secret-customer', 'secret-value', 'secret-fault', 'editor-token']) {
    expect(log).not.toContain(secret);
  }
});
