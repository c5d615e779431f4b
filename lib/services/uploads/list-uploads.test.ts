import pg from 'pg';
import { beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { listUploadsParameters, type UploadPage } from '#lib/contracts/uploads.ts';
import { getPool } from '#lib/db/pool.ts';
import { prepareStore } from '#lib/store/prepare.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { createTestTable, type TestTable } from '#lib/testing/test-table.ts';
import { listUploads } from './list-uploads.ts';

useTestDatabase();

const uploads = 100_000;
/** One table in five is another account's. */
const visible = (uploads * 4) / 5;
let account: TestAccount;
const tables: TestTable[] = [];

beforeAll(async () => {
  await prepareStore(getPool());
  account = await createTestAccount('Busy');
  const other = await createTestAccount('Other');
  for (let index = 0; index < 4; index++) tables.push(await createTestTable(account.editor));
  const foreign = await createTestTable(other.editor);
  const tableIds = [...tables.map(({ id }) => id), foreign.id];
  await getPool().query(
    `INSERT INTO "Upload" ("tableId", sequence, key, "fileName", source, "uploadedBy", "sizeBytes", etag, state)
     SELECT ($1::int[])[1 + i % 5], i, 'dcp/1/2/file-' || i || '.csv', 'file-' || i || '.csv',
            CASE WHEN i % 1000 = 0 THEN 'browser' ELSE 's3' END, 'AK' || i % 7, i, 'etag',
            CASE WHEN i % 5000 = 0 THEN 'failed' WHEN i % 10 = 0 THEN 'completed_with_errors' ELSE 'completed' END
     FROM generate_series(1, $2::int) AS i`,
    [tableIds, uploads],
  );
  await getPool().query('VACUUM ANALYZE "Upload"');
}, 120_000);

const statement = z.object({ text: z.string(), values: z.array(z.unknown()) });

/** What `work` asks of PostgreSQL. */
async function statementsOf(work: () => Promise<unknown>) {
  const query = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    return query.mock.calls.flatMap(([call]) => statement.safeParse(call).data ?? []);
  } finally {
    query.mockRestore();
  }
}

interface Step {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly Step[];
}

/** @example 'Index Only Scan Upload', 'Sort' */
async function stepsOf({ text, values }: z.infer<typeof statement>): Promise<string[]> {
  const { rows } = await getPool().query<{ 'QUERY PLAN': [{ Plan: Step }] }>(
    `EXPLAIN (FORMAT JSON) ${text}`,
    values,
  );
  const walk = (step: Step): string[] => [
    [step['Node Type'], step['Relation Name'] ?? ''].join(' ').trim(),
    ...(step.Plans ?? []).flatMap(walk),
  ];
  return rows.flatMap((row) => walk(row['QUERY PLAN'][0].Plan));
}

async function list(filter: object): Promise<UploadPage> {
  return listUploads(account.viewer, listUploadsParameters.parse(filter));
}

test.each([
  ['the latest', {}, visible],
  ['the last page', { page: visible / 25 }, visible],
  ['one table', { ofTable: true }, visible / 4],
  ['the last page of a table', { ofTable: true, page: visible / 100 }, visible / 4],
  ['a rare state', { state: 'failed' }, 20],
  ['a frequent state, far back', { state: 'completed', page: 2_000 }, visible - 10_000],
  ['a rare source', { source: 'browser' }, 100],
])('of a hundred thousand uploads, %s: no query reads them all', async (_name, filter, matches) => {
  const { ofTable, ...parameters } = { ofTable: false, ...filter };
  const tableId = ofTable ? tables[0]?.id : undefined;
  const statements = await statementsOf(async () => {
    const { items, total } = await list({ ...parameters, tableId });
    expect(total).toBe(matches);
    const ids = items.map(({ id }) => id);
    expect(ids).toHaveLength(Math.min(25, matches));
    expect(ids).toEqual(ids.toSorted((left, right) => right - left));
  });
  const steps = (await Promise.all(statements.map(stepsOf))).flat();
  expect(steps.join()).toMatch(/Index (Only )?Scan.*Upload/);
  expect(steps).not.toContain('Seq Scan Upload');
});

test('of a hundred thousand uploads, those that a search finds', async () => {
  const { items, total } = await list({ search: 'FILE-99998' });
  expect(total).toBe(1);
  expect(items.map(({ fileName }) => fileName)).toEqual(['file-99998.csv']);
});
