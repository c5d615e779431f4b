import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { OpenDcp, OpenDcpError } from 'opendcp/client';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { useRestServer } from '../../testing/rest-server.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { tokenHeadersFor } from '#lib/testing/requests.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode, waitForEnd } from '#lib/testing/test-node.ts';

process.env['LOG_LEVEL'] = 'silent';
useTestDatabase();
const node = useTestNode();
const web = useRestServer();

let ours: TestAccount;
let token: string;
let dcp: OpenDcp;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  ({ token = '' } = await tokenHeadersFor(ours.accountId, 'administrator'));
  dcp = new OpenDcp({ url: web(), profileUrl: node.profileUrl(), token });
});

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function makeTable(name: string) {
  const table = await dcp.tables.create(ours.serviceId, {
    name,
    keyfield_locator_type: 'cookie',
    keyfield_locator_name: 'id',
  });
  await dcp.attributes.create(table.id, { name: 'points', datatype: 'long' });
  await dcp.attributes.create(table.id, { name: 'city', datatype: 'string' });
  return { table: table.id, service: ours.serviceId };
}

async function refusal(work: Promise<unknown>): Promise<OpenDcpError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof OpenDcpError) return error;
  throw new Error('The call was not refused.', { cause: error });
}

describe('against the running servers', () => {
  test('projects, services, tables and attributes', async () => {
    const project = await dcp.projects.create({ project_name: 'Shop' });
    await dcp.projects.update(project.id, { dcp_service_id: ours.serviceId });
    expect(await dcp.projects.get(project.id)).toMatchObject({ dcp_service_id: ours.serviceId });
    expect((await dcp.projects.list()).map(({ id }) => id)).toContain(project.id);

    await dcp.services.update(ours.serviceId, { name: 'Renamed' });
    expect(await dcp.services.list()).toEqual([await dcp.services.get(ours.serviceId)]);
    expect(await refusal(dcp.services.create({ name: 'x' }))).toMatchObject({
      status: 403,
      code: 'service-limit',
    });

    const { table } = await makeTable('Configured');
    await dcp.tables.update(table, { archived: true });
    expect(await dcp.tables.get(table)).toMatchObject({ archived: true });
    const [attribute] = await dcp.attributes.list(table);
    const id = attribute?.id ?? 0;
    await dcp.attributes.archive(id);
    expect(await dcp.attributes.get(id)).toMatchObject({ archived: true });
    expect(await dcp.attributes.update(id, { archived: false })).toMatchObject({ archived: false });
    await dcp.tables.delete(table);
    expect(await refusal(dcp.tables.get(table))).toMatchObject({ status: 404, code: 'not-found' });

    const audience = await dcp.audiences.create(project.id, { name: 'All' });
    expect(await dcp.audiences.list(project.id)).toEqual([await dcp.audiences.get(audience.id)]);
    expect(await collect(dcp.audiences.members(audience.id))).toEqual([]);
  });

  test('longs go in and come out exact', async () => {
    const table = await makeTable('Exact');
    for (const points of [2n ** 63n - 1n, -5n, 0n, 2n ** 53n + 1n]) {
      const row = { ...table, customerId: `c ${points}/ä` };
      await dcp.profiles.set(row, { points, city: 'Paris' });
      const { data } = await dcp.profiles.get(row);
      expect(BigInt(String(data['points']))).toBe(points);
    }
    const row = { ...table, customerId: 'c -5/ä' };
    await dcp.profiles.set(row, { city: null });
    expect((await dcp.profiles.get(row)).data).toEqual({ points: -5 });
    await expect(dcp.profiles.set(row, { points: Number.NaN })).rejects.toThrow(RangeError);
    await dcp.profiles.delete(row);
    expect(await refusal(dcp.profiles.get(row))).toMatchObject({ status: 404 });
  });

  test('thousands of rows by batches, and out again by an export', async () => {
    const table = await makeTable('Many');
    const ids = Array.from({ length: 2_500 }, (_, index) => `c${index}`);
    const rows = ids.map((customerId, index) => ({ customerId, data: { points: index } }));
    rows.push({ customerId: 'bad', data: { points: 0.5 } });
    const verdicts = await collect(dcp.profiles.setMany(table, rows));
    expect(verdicts.map(({ status }) => status)).toEqual([...ids.map(() => 201), 400]);
    expect(verdicts.at(-1)?.fields).toHaveProperty('points');

    const read = await collect(dcp.profiles.getMany(table, [...ids, 'nobody']));
    expect(read.map(({ status }) => status)).toEqual([...ids.map(() => 200), 404]);
    const exported = await collect(dcp.tables.rows(table.table));
    const byId = new Map(exported.map(({ customerId, data }) => [customerId, data['points']]));
    expect(byId).toEqual(new Map(ids.map((id, index) => [id, index])));
    const csv = await text(await dcp.tables.export(table.table, { format: 'csv' }));
    expect(csv.split('\n')[0]).toBe('customerId,points,city');
    for await (const { customerId } of dcp.tables.rows(table.table)) {
      // Leaving in the middle ends the download.
      expect(ids).toContain(customerId);
      break;
    }
  });

  test('aliases, the consolidated view and who is in which audience', async () => {
    const { table } = await makeTable('Aliased');
    const service = ours.serviceId;
    const hub = (await dcp.tables.list(service)).find(({ is_optimizely: is }) => is)?.id ?? 0;
    const user = { service, table: hub, customerId: 'oeu1.2' };
    await dcp.profiles.set({ service, table, customerId: 'c1' }, { points: 3 });
    await dcp.aliases.set(user, { [table]: 'c1' });
    expect((await dcp.aliases.get(user)).data).toEqual({ [table]: 'c1' });
    expect(await dcp.profiles.consolidated(user)).toMatchObject([
      { customerId: 'oeu1.2', data: {} },
      { customerId: 'c1', data: { points: 3 } },
    ]);
    expect(await dcp.audiences.of(user)).toMatchObject({ audiences: [], complete: true });
    await dcp.aliases.delete(user, table);
    expect((await dcp.aliases.get(user)).data).toEqual({});
  });

  test('uploads, and their rejected rows', async () => {
    const { table } = await makeTable('Loaded');
    const { s3_path: prefix } = await dcp.tables.get(table);
    const s3 = await node.connect(table);
    const Body = 'customerId,points\nc1,1\nc2,many\n';
    const Key = `${prefix}/a.csv`;
    await s3.send(new PutObjectCommand({ Bucket: 'optimizely-import', Key, Body }));
    const [upload] = await collect(dcp.uploads.list(table));
    const id = upload?.id ?? 0;
    const created = new Date(upload?.created ?? '');
    expect(await collect(dcp.uploads.list(table, { from: created }))).toHaveLength(1);
    expect(await collect(dcp.uploads.list(table, { before: created }))).toEqual([]);
    await waitForEnd(ours.viewer, id);
    expect(await dcp.uploads.get(id)).toMatchObject({
      state: 'completed_with_errors',
      rows_accepted: 1,
      rows_rejected: 1,
    });
    expect(await text(await dcp.uploads.rejects(id))).toContain('c2,many');
  });

  test('a refusal is an error with all that the server says', async () => {
    const table = await makeTable('Refusing');
    const row = { ...table, customerId: 'c1' };
    const error = await refusal(dcp.profiles.set(row, { points: 'many', town: 1 }));
    expect(error).toMatchObject({ status: 400, code: 'invalid-fields' });
    expect(Object.keys(error.fields)).toEqual(['points', 'town']);
    expect(error.uuid).toMatch(/^[\w-]{36}$/);
    const stranger = new OpenDcp({ url: web(), token: 'abc:1' });
    expect(await refusal(stranger.services.list())).toMatchObject({
      status: 403,
      code: 'invalid-token',
      message: expect.stringMatching(/^Authentication Failed/) as unknown,
    });
  });
});

describe('when the server is busy or away', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  }

  const busy = { message: 'Later.', uuid: 'r-1', code: 'rate-limited' };

  test.each([429, 503])('%i is waited for as long as it says, and tried again', async (status) => {
    let calls = 0;
    const url = await serve((_request, response) => {
      calls += 1;
      if (calls > 2) return response.end('[]');
      return response.writeHead(status, { 'retry-after': '0' }).end(JSON.stringify(busy));
    });
    expect(await new OpenDcp({ url, token: 't' }).services.list()).toEqual([]);
    expect(calls).toBe(3);
  });

  test('not for ever, and not for longer than the caller likes', async () => {
    let calls = 0;
    const url = await serve((_request, response) => {
      calls += 1;
      response
        .writeHead(429, { 'retry-after': calls === 1 ? '0' : '3600' })
        .end(JSON.stringify(busy));
    });
    const once = new OpenDcp({ url, token: 't' });
    expect(await refusal(once.services.list())).toMatchObject({ status: 429, retryAfter: 3600 });
    expect(calls).toBe(2);
    const never = new OpenDcp({ url, token: 't', retries: 0 });
    expect(await refusal(never.services.list())).toMatchObject({ status: 429, uuid: 'r-1' });
    expect(calls).toBe(3);
  });

  test('other refusals are not repeated', async () => {
    let calls = 0;
    const url = await serve((_request, response) => {
      calls += 1;
      response.writeHead(502).end('<html>');
    });
    const error = await refusal(new OpenDcp({ url, token: 't' }).services.list());
    expect(error).toMatchObject({ status: 502, code: 'unexpected-answer', uuid: null });
    expect(calls).toBe(1);
  });

  test.each([301, 302, 303, 307, 308])('a redirect (%i) does not get the token', async (status) => {
    const headers: unknown[] = [];
    const elsewhere = await serve((request, response) => {
      headers.push(request.headers);
      response.end('[]');
    });
    const url = await serve((_request, response) => {
      response.writeHead(status, { location: `${elsewhere}/experiment/v1/dcp_services` }).end();
    });
    const client = new OpenDcp({ url, token: 't' });
    const answers = [refusal(client.services.list()), refusal(client.services.delete(1))];
    for (const error of await Promise.all(answers)) {
      expect(error).toMatchObject({ status, code: 'redirected' });
      expect(error.message).toContain(elsewhere);
    }
    expect(headers).toEqual([]);
  });

  test('a server that does not answer is given up', async () => {
    const url = await serve(() => undefined);
    const client = new OpenDcp({ url, token: 't', timeout: 50 });
    expect(await refusal(client.services.list())).toMatchObject({ status: 0, code: 'timeout' });
    const gone = new OpenDcp({ url: 'http://127.0.0.1:1', token: 't' });
    expect(await refusal(gone.services.list())).toMatchObject({ status: 0, code: 'unreachable' });
  });

  test('the caller’s signal ends a wait', async () => {
    const controller = new AbortController();
    const url = await serve((_request, response) => {
      response.writeHead(429, { 'retry-after': '30' }).end(JSON.stringify(busy), () => {
        controller.abort();
      });
    });
    const client = new OpenDcp({ url, token: 't', signal: controller.signal });
    await expect(client.services.list()).rejects.toThrow(/abort/);
  });
});
