import { readdir } from 'node:fs/promises';
import pino from 'pino';
import { expect, test } from 'vitest';
import { buildOpenApi } from '#lib/contracts/openapi/build-openapi.ts';
import { configurationOperations } from '#lib/contracts/openapi/configuration-operations.ts';
import { describeCall, listCalls } from '#lib/contracts/openapi/describe-call.ts';
import { privacyOperations } from '#lib/contracts/openapi/privacy-operations.ts';
import { profileOperations } from '#lib/contracts/openapi/profile-operations.ts';
import { createProfileServer } from '#lib/edge/profile-api/server.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** `PUT /experiment/v1/projects/{id}`, for each handler below a folder of `app`. */
async function listRoutes(folder: 'experiment/v1' | 'v2'): Promise<string[]> {
  const root = new URL(`../../${folder}/`, import.meta.url);
  const files = await readdir(root, { recursive: true });
  const routes = files.filter((file) => file.endsWith('route.ts') && !file.includes('[...'));
  const named = await Promise.all(
    routes.map(async (file) => {
      const handlers = (await import(new URL(file, root).href)) as Record<string, unknown>;
      const path = file.replace(/\/route\.ts$/, '').replaceAll(/\[(\w+)\]/g, '{$1}');
      return methods
        .filter((method) => method in handlers)
        .map((method) => `${method} /${folder}/${path}`);
    }),
  );
  return named.flat();
}

test.each([
  ['configuration', 'experiment/v1', configurationOperations],
  ['privacy', 'v2', privacyOperations],
] as const)(
  'every call of the %s API is described, and nothing else',
  async (_name, folder, operations) => {
    const described = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(described.toSorted()).toEqual((await listRoutes(folder)).toSorted());
  },
);

test('every described call of the profile API is answered', () => {
  const server = createProfileServer({
    logger: pino({ level: 'silent' }),
    checkHealth: () => Promise.resolve(),
  });
  for (const { method, path } of profileOperations) {
    const url = path.replaceAll(/\{(\w+)\}/g, ':$1');
    expect(server.hasRoute({ method: method.toUpperCase(), url }), `${method} ${path}`).toBe(true);
  }
});

test('the document holds what OpenAPI 3.1 asks for', () => {
  const text = JSON.stringify(buildOpenApi(['http://dcp.test:3000']));
  const document = JSON.parse(text) as {
    openapi: string;
    servers: unknown;
    paths: Record<string, Record<string, { operationId: string; responses: object }>>;
  };
  expect(document.openapi).toBe('3.1.0');
  expect(document.servers).toEqual([{ url: 'http://dcp.test:3000' }]);
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  expect(operations).toHaveLength(
    configurationOperations.length + profileOperations.length + privacyOperations.length,
  );
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { responses } of operations) {
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '404', '429']));
  }
  const create = document.paths['/experiment/v1/dcp_services/{id}/dcp_datasources']?.['post'];
  expect(create).toMatchObject({
    requestBody: {
      content: {
        'application/json': {
          schema: { type: 'object', required: ['name', 'keyfield_locator_type'] },
        },
      },
    },
    responses: { 201: {}, 400: {} },
  });
});

test.each(listCalls().map(({ id }) => id))('%s has a page in the reference', (id) => {
  const call = describeCall(id, 'http://dcp.test:3000');
  const isEmpty = call?.status === 204 || /^postApi(Alias|CustomerProfileS)/.test(id);
  const hasAnswer = (call?.answer.length ?? 0) > 0 || (call?.files.length ?? 0) > 0;
  expect(hasAnswer).toBe(!isEmpty);
  for (const { name, type } of [...(call?.body?.fields ?? []), ...(call?.answer ?? [])]) {
    expect(`${name}: ${type}`).toMatch(/^[^:]+: \S/);
  }
});

test('a field that may be null says so', () => {
  const fields = describeCall('getV2SubjectAccessRequestsId', '')?.answer ?? [];
  const typeOf = (field: string) => fields.find(({ name }) => name === field)?.type;
  expect(typeOf('error')).toBe('string | null');
  expect(typeOf('dcp_datasource_id')).toBe('integer | null');
  expect(typeOf('status')).toMatch(/^"queued" \| "searching"/);
});
