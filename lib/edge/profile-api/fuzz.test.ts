import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorResponse } from '#lib/contracts/common.ts';
import { profileOperations } from '#lib/contracts/openapi/profile-operations.ts';
import { getDb } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { tokenHeadersFor } from '#lib/testing/requests.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import { createProfileServer } from './server.ts';

useTestDatabase();

let ours: TestAccount;
let app: FastifyInstance;
let headers: Readonly<Record<string, string>>;
let tables: readonly number[];

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  headers = await tokenHeadersFor(ours.accountId, 'editor');
  const hub = await getDb().table.findFirstOrThrow({ where: { isOptimizely: true } });
  tables = [hub.id, (await createTestTable(ours.editor)).id];
  const logger = pino({ level: 'silent' });
  app = createProfileServer({ logger, checkHealth: () => Promise.resolve() });
  await app.ready();
});

afterAll(() => app.close());

const name = fc.oneof(
  fc.constantFrom('string', 'bool', 'long', 'double', 'date', 'datetime', 'epoch', 'no such'),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', '1', '2', ''),
);
const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('9223372036854775808', '2024-02-30', '0000-01-01', '1e-400', 'NaN', 1e308, -0),
  fc.string({ unit: 'binary' }),
);
const data = fc.dictionary(name, value, { maxKeys: 6 });
const customerId = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constant('c1'));
const body = fc.oneof(
  { weight: 4, arbitrary: fc.record({ data }) },
  { weight: 4, arbitrary: fc.record({ profiles: fc.array(fc.record({ customerId, data })) }) },
  { weight: 2, arbitrary: fc.record({ customerIds: fc.array(customerId) }) },
  { weight: 2, arbitrary: fc.jsonValue() },
);

test('whatever is sent, the answer is one that the reference documents', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...profileOperations),
      fc.record({ customerId, body, table: fc.nat(2), otherTable: fc.nat(3) }),
      async (operation, sent) => {
        const parts: Record<string, string | number> = {
          service: ours.serviceId,
          table: tables[sent.table] ?? 999_999,
          otherTable: sent.otherTable,
          customerId: encodeURIComponent(sent.customerId.toWellFormed()),
        };
        const url = operation.path.replaceAll(/\{(\w+)\}/g, (_, part: string) =>
          String(parts[part]),
        );
        const response = await app.inject({
          method: operation.method,
          url,
          headers: {
            ...headers,
            ...(operation.body ? { 'content-type': 'application/json' } : {}),
          },
          ...(operation.body ? { payload: JSON.stringify(sent.body) } : {}),
        });
        expect([operation.status, 400, 404]).toContain(response.statusCode);
        if (response.statusCode !== operation.status) {
          errorResponse.parse(response.json());
          return;
        }
        if (operation.response) operation.response.parse(response.json());
        else expect(response.body).toBe('');
      },
    ),
    { numRuns: 600 },
  );
}, 120_000);
