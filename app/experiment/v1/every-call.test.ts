import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { OpenDcp } from 'opendcp/client';
import { beforeAll, describe, expect, test } from 'vitest';
import { useRestServer } from '../../testing/rest-server.ts';
import { errorResponse } from '#lib/contracts/common.ts';
import { operations } from '#lib/contracts/openapi/build-openapi.ts';
import { callOf, codeSamplesOf } from '#lib/contracts/openapi/code-samples.ts';
import { fillPath, type PathParts } from '#lib/contracts/openapi/example-parts.ts';
import type { Operation } from '#lib/contracts/openapi/operation.ts';
import { tokenScopes } from '#lib/contracts/tokens.ts';
import { getDb } from '#lib/db/client.ts';
import { getBlobStore } from '#lib/services/blob-store.ts';
import { createPrivacyRequest } from '#lib/services/privacy/requests.ts';
import { runPrivacyRequest } from '#lib/services/privacy/run-request.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { tokenHeadersFor } from '#lib/testing/requests.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode, waitForEnd } from '#lib/testing/test-node.ts';

process.env['LOG_LEVEL'] = 'silent';
process.env['SERVICES_PER_ACCOUNT'] = '100';
useTestDatabase();
const node = useTestNode();
const server = useRestServer();

type Headers = Readonly<Record<string, string>>;

const { signal } = new AbortController();

let ours: TestAccount;
let owner: Headers;
let dcp: OpenDcp;
let hub: number;
let lastNumber = 0;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  owner = await tokenHeadersFor(ours.accountId, 'administrator');
  dcp = new OpenDcp({ url: server(), token: owner['token'] ?? '' });
  const tables = await dcp.tables.list(ours.serviceId);
  hub = tables.find((table) => table.is_optimizely)?.id ?? 0;
});

const unique = (name: string) => `${name} ${(lastNumber += 1)}`;

/** A table with what the examples of the reference name. */
async function makeTable(): Promise<number> {
  const { id } = await dcp.tables.create(ours.serviceId, {
    name: unique('Table'),
    keyfield_locator_type: 'cookie',
    keyfield_locator_name: 'id',
  });
  await dcp.attributes.create(id, { name: 'Life-time value', datatype: 'long' });
  await dcp.attributes.create(id, { name: 'most_viewed_category', datatype: 'string' });
  const row = { service: ours.serviceId, table: id, customerId: 'c-1001' };
  await dcp.profiles.set(row, { 'Life-time value': 1 });
  return id;
}

async function makeUpload(table: number, metadata: Record<string, string> = {}): Promise<number> {
  const { s3_path: prefix } = await dcp.tables.get(table);
  const s3 = await node.connect(table);
  const Body = 'customerId,Life-time value\nc1,1\nc2,many\n';
  const file = { Bucket: 'optimizely-import', Key: `${prefix}/a.csv`, Body, Metadata: metadata };
  await s3.send(new PutObjectCommand(file));
  const { id } = await getDb().upload.findFirstOrThrow({
    where: { tableId: table },
    orderBy: { id: 'desc' },
  });
  await waitForEnd(ours.viewer, id);
  return id;
}

async function makeProject(): Promise<number> {
  const { id } = await dcp.projects.create({ project_name: unique('P') });
  await dcp.projects.update(id, { dcp_service_id: ours.serviceId });
  return id;
}

async function makePrivacyRequest(): Promise<number> {
  const { id } = await createPrivacyRequest(ours.administrator, {
    kind: 'access',
    identifierType: 'dcp_id',
    identifier: 'c-1001',
    tableId: null,
    needsConfirmation: false,
  });
  return id;
}

/** Something of its own to be called on, of the kind that the path is about. */
async function makeParts({ path, method }: Operation): Promise<PathParts> {
  const parts = { service: ours.serviceId, customerId: 'c-1001' };
  const kind = /^\/(?:experiment\/v1|v2)\/([\w-]+)/.exec(path)?.[1];
  switch (kind) {
    case 'projects':
      return { ...parts, id: await makeProject() };
    case 'dcp_services': {
      const isAlone = method === 'delete' || method === 'put';
      const id = isAlone ? (await dcp.services.create({ name: unique('S') })).id : ours.serviceId;
      return { ...parts, id };
    }
    case 'dcp_datasources':
      return { ...parts, id: await makeTable() };
    case 'dcp_datasource_attributes':
      return { ...parts, id: (await dcp.attributes.list(await makeTable()))[0]?.id ?? 0 };
    case 'audiences': {
      const audience = await dcp.audiences.create(await makeProject(), { name: unique('A') });
      return { ...parts, id: audience.id };
    }
    case 'dcp_uploads': {
      const metadata: Record<string, string> = path.endsWith('/store')
        ? { 'opendcp-check-only': 'true' }
        : {};
      return { ...parts, id: await makeUpload(await makeTable(), metadata) };
    }
    case 'subject-access-requests': {
      const id = await makePrivacyRequest();
      if (path.endsWith('/export')) await runPrivacyRequest(await getBlobStore(), id, signal);
      return { ...parts, id };
    }
    default:
      break;
  }
  const table = await makeTable();
  if (!/^\/api\/(alias|consolidated)/.test(path)) return { ...parts, table };
  const customerId = unique('oeu1234.');
  const user = { service: ours.serviceId, table: hub, customerId };
  await dcp.aliases.set(user, { [table]: 'c-1001' });
  return { ...parts, table: hub, customerId, otherTable: table };
}

/** The example with ids and names of its own. */
function bodyOf({ example, path }: Operation, parts: PathParts): unknown {
  if (path.startsWith('/api/alias/'))
    return { data: { [String(parts['otherTable'] ?? hub)]: 'c-1' } };
  if (typeof example !== 'object' || example === null) return example;
  const changes: Record<string, unknown> = {};
  if ('name' in example) changes['name'] = unique('Example');
  if ('dcp_service_id' in example) changes['dcp_service_id'] = ours.serviceId;
  return { ...example, ...changes };
}

async function send(
  operation: Operation,
  options: { parts: PathParts; as: Headers; slash?: boolean },
) {
  const { parts, as, slash = false } = options;
  const hasBody = operation.body !== undefined;
  const response = await fetch(`${server()}${fillPath(operation.path, parts)}${slash ? '/' : ''}`, {
    method: operation.method,
    headers: { ...as, ...(hasBody ? { 'content-type': 'application/json' } : {}) },
    ...(hasBody ? { body: JSON.stringify(bodyOf(operation, parts)) } : {}),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text };
}

const named = operations.map(
  (operation) => [`${operation.method} ${operation.path}`, operation] as const,
);

describe('with its own example', () => {
  test.each(named)('%s answers as documented, with and without a slash', async (_, operation) => {
    for (const slash of [false, true]) {
      const parts = await makeParts(operation);
      const { status, body } = await send(operation, { parts, as: owner, slash });
      expect({ status, body }).toMatchObject({ status: operation.status });
      // A field that the contract does not name would be lost here.
      if (operation.response) expect(operation.response.parse(body)).toEqual(body);
      else if (operation.files) expect(body).toContain('c');
      else expect(body).toBe('');
    }
  });

  test.each(named)('%s by the client', async (_, operation) => {
    const parts = await makeParts(operation);
    const expression = callOf({ operation, parts, body: bodyOf(operation, parts) });
    const result: unknown = runInNewContext(expression, { dcp });
    if (operation.call.startsWith('each ')) {
      for await (const item of result as AsyncIterable<unknown>) expect(item).toBeDefined();
    } else await result;
  });

  test('by curl and by Python, all of them', async () => {
    const shell: string[] = ['curl() { command curl -sS --fail-with-body "$@" > /dev/null; }'];
    const python: string[] = [];
    for (const operation of operations) {
      for (const [lang, program] of [
        ['shell', shell],
        ['python', python],
      ] as const) {
        const parts = await makeParts(operation);
        const sample = { origin: server(), parts, body: bodyOf(operation, parts) };
        const samples = codeSamplesOf(operation, sample);
        program.push(samples.find((each) => each.lang === lang)?.source ?? '');
      }
    }
    const env = { ...process.env, TOKEN: owner['token'] };
    const cwd = await mkdtemp(join(tmpdir(), 'opendcp-samples-'));
    const run = promisify(execFile);
    await run('sh', ['-e', '-c', shell.join('\n')], { env, cwd });
    const hasRequests = await run('python3', ['-c', 'import requests']).then(
      () => true,
      () => false,
    );
    if (hasRequests) await run('python3', ['-c', python.join('\n')], { env, cwd });
    await rm(cwd, { recursive: true });
  }, 120_000);
});

describe('for those who may not', () => {
  let stranger: Headers;
  /** Of another service of the same account. */
  let confined: Headers;
  beforeAll(async () => {
    const theirs = await createTestAccount('Theirs');
    stranger = await tokenHeadersFor(theirs.accountId, 'administrator');
    const { id: serviceId } = await dcp.services.create({ name: unique('Other') });
    confined = await tokenHeadersFor(ours.accountId, 'administrator', { serviceId });
  });

  test.each(named)('%s', async (_, operation) => {
    const scopes = tokenScopes.filter(
      (scope) =>
        scope !== operation.scope &&
        scope !== operation.otherScope &&
        !(operation.scope === 'read-configuration' && scope === 'write-configuration'),
    );
    const unable = await tokenHeadersFor(ours.accountId, 'administrator', { scopes });
    const parts = await makeParts(operation);
    const answerTo = async (as: Headers) => {
      const { status, body } = await send(operation, { parts, as });
      return { status, ...errorResponse.parse(body) };
    };
    expect(await answerTo({})).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(await answerTo({ authorization: 'Bearer x' })).toMatchObject({
      status: 401,
      message: expect.stringMatching(/^Authentication Failed.*"Token".*Bearer/) as unknown,
    });
    expect(await answerTo({ token: 'made-up:1' })).toMatchObject({
      status: 403,
      code: 'invalid-token',
      message: expect.stringMatching(/^Authentication Failed/) as unknown,
    });
    expect(await answerTo(unable)).toMatchObject({ status: 403, code: 'missing-scope' });
    if (operation.path.includes('{')) {
      expect(await answerTo(stranger)).toMatchObject({ status: 404, code: 'not-found' });
      expect(await answerTo(confined)).toMatchObject({ status: 404, code: 'not-found' });
    }
    // Nobody of these has changed anything.
    expect((await send(operation, { parts, as: owner })).status).toBe(operation.status);
  });
});

describe('with bodies that cannot be', () => {
  test.each(named.filter(([, { body }]) => body))('%s', async (_, operation) => {
    const url = `${server()}${fillPath(operation.path, await makeParts(operation))}`;
    const { method } = operation;
    const answerTo = async (type: string, body: string) => {
      const response = await fetch(url, {
        method,
        headers: { ...owner, 'content-type': type },
        body,
      });
      errorResponse.parse(await response.json());
      return response.status;
    };
    expect(await answerTo('text/plain', '{}')).toBe(415);
    expect(await answerTo('application/json', '{"a":')).toBe(400);
    expect(await answerTo('application/json', '')).toBe(400);
    expect(await answerTo('application/json', `"${'x'.repeat(9 * 1024 * 1024)}"`)).toBe(413);
  });
});
