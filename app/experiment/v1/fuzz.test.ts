import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { useRestServer } from '../../testing/rest-server.ts';
import { errorResponse } from '#lib/contracts/common.ts';
import { buildOpenApi, operations } from '#lib/contracts/openapi/build-openapi.ts';
import { isProfileAddress } from '#lib/edge/profile-api/server.ts';
import { getDb } from '#lib/db/client.ts';
import { getBlobStore } from '#lib/services/blob-store.ts';
import { createPrivacyRequest } from '#lib/services/privacy/requests.ts';
import { runPrivacyRequest } from '#lib/services/privacy/run-request.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { tokenHeadersFor } from '#lib/testing/requests.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode } from '#lib/testing/test-node.ts';
import { createTestTable } from '#lib/testing/test-table.ts';

process.env['LOG_LEVEL'] = 'silent';
process.env['TOKEN_REQUESTS_PER_MINUTE'] = '0';
useTestDatabase();
useTestNode({ hasWorker: false });
const server = useRestServer();

let ours: TestAccount;
let headers: Readonly<Record<string, string>>;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  headers = await tokenHeadersFor(ours.accountId, 'administrator');
  for (let count = 0; count < 3; count++) await createTestTable(ours.editor);
  await getDb().project.create({
    data: { accountId: ours.accountId, name: 'P', serviceId: ours.serviceId },
  });
  for (const identifier of ['c1', 'c2', 'c3']) await exportCustomer(identifier);
});

async function exportCustomer(identifier: string): Promise<void> {
  const { id } = await createPrivacyRequest(ours.administrator, {
    kind: 'access',
    identifierType: 'dcp_id',
    identifier,
    tableId: null,
    needsConfirmation: false,
  });
  await runPrivacyRequest(await getBlobStore(), id, new AbortController().signal);
}

const schema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
});

/** Words that the API knows, so that some requests get far. */
const word = fc.oneof(
  fc.constantFrom(
    'string',
    'bool',
    'long',
    'epoch',
    'cookie',
    'id',
    '1',
    '2',
    '[]',
    '["and"]',
    'c1',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

/** What a schema asks for, as a rule; something else now and then. */
function valuesOf(given: unknown): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 9, arbitrary: fittingOf(given) },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
}

function fittingOf(given: unknown): fc.Arbitrary<unknown> {
  const { type, enum: words, properties, items, anyOf, ...others } = schema.parse(given);
  if (words) return fc.constantFrom(...words);
  if (anyOf) return fc.oneof(...anyOf.map(valuesOf));
  if (Array.isArray(type)) {
    return fc.oneof(...type.map((one) => fittingOf({ ...others, properties, items, type: one })));
  }
  switch (type) {
    case 'object': {
      if (!properties) return fc.dictionary(word, fc.oneof(word, fc.jsonValue()), { maxKeys: 4 });
      const members = Object.entries(properties).map(([name, value]) => [name, valuesOf(value)]);
      const record = Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>;
      return fc.record(record, { requiredKeys: [] });
    }
    case 'array':
      return fc.array(valuesOf(items ?? {}), { maxLength: 4 });
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: 1, max: 5 }), fc.double());
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return word;
    default:
      return fc.jsonValue();
  }
}

const document = z
  .object({
    paths: z.record(
      z.string(),
      z.record(
        z.string(),
        z.object({
          parameters: z.array(z.object({ name: z.string(), in: z.string(), schema: z.unknown() })),
          requestBody: z
            .object({ content: z.record(z.string(), z.object({ schema: z.unknown() })) })
            .optional(),
          responses: z.record(z.string(), z.unknown()),
        }),
      ),
    ),
  })
  .parse(JSON.parse(JSON.stringify(buildOpenApi(['http://dcp.test']))));

const requests = operations.map((operation) => {
  const described = document.paths[operation.path]?.[operation.method];
  if (!described) throw new Error(`${operation.path} is not described.`);
  const body = described.requestBody?.content['application/json'];
  return fc.record({
    operation: fc.constant(operation),
    documented: fc.constant(Object.keys(described.responses).map(Number)),
    parameters: fc.tuple(
      ...described.parameters.map(({ name, in: place, schema: given }) =>
        fc.record({
          name: fc.constant(name),
          place: fc.constant(place),
          value: valuesOf(given).map(String),
        }),
      ),
    ),
    body: body ? valuesOf(body.schema) : fc.constant(undefined),
  });
});

test('whatever the document allows to be sent, and more: the answer is one that it describes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(...requests), async ({ operation, documented, parameters, body }) => {
      const of = (place: string) => parameters.filter((parameter) => parameter.place === place);
      const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
        const value = of('path').find((parameter) => parameter.name === name)?.value ?? '';
        return encodeURIComponent(value.toWellFormed() || 'x');
      });
      // The dashboard's own API begins like this, too.
      fc.pre(!path.startsWith('/api/audiences/') || isProfileAddress(path));
      const query = new URLSearchParams(
        of('query').map(({ name, value }): [string, string] => [name, value.toWellFormed()]),
      );
      const response = await fetch(`${server()}${path}?${query}`, {
        method: operation.method,
        headers: {
          ...headers,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      expect(documented, `${operation.method} ${path}: ${text}`).toContain(response.status);
      expect(text).not.toMatch(/\n\s+at |node_modules/);
      if (response.status !== operation.status) {
        expect(errorResponse.parse(JSON.parse(text))).toEqual(JSON.parse(text));
        expect(response.headers.get('x-request-id')).toBeTruthy();
      } else if (operation.response) {
        expect(operation.response.parse(JSON.parse(text))).toEqual(JSON.parse(text));
      } else if (!operation.files) expect(text).toBe('');
    }),
    { numRuns: 800 },
  );
}, 120_000);
