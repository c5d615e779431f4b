import pg from 'pg';
import { beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { listUploadsParameters, type UploadPage } from '#lib/contracts/uploads.ts';
import { getDb } from '#lib/db/client.ts';
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
    `INSERT INTO "Upload" ("tableId", sequence, key, "fileName", "searchText", source, "uploadedBy", "sizeBytes", etag, state, "createdAt")
     SELECT ($1::int[])[1 + i % 5], i, 'dcp/1/2/file-' || i || '.csv', 'file-' || i || '.csv',
            'dcp/1/2/file-' || i || E'.csv\\nak' || i % 7,
            CASE WHEN i % 1000 = 0 THEN 'browser' ELSE 's3' END, 'AK' || i % 7, i, 'etag',
            CASE WHEN i % 5000 = 0 THEN 'failed' WHEN i % 10 = 0 THEN 'completed_with_errors' ELSE 'completed' END,
            '2026-01-01T00:00:00Z'::timestamptz + i * interval '1 minute'
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
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Step[];
}

async function stepsOf({ text, values }: z.infer<typeof statement>): Promise<Step[]> {
  const { rows } = await getPool().query<{ 'QUERY PLAN': [{ Plan: Step }] }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
    values,
  );
  const walk = (step: Step): Step[] => [step, ...(step.Plans ?? []).flatMap(walk)];
  return rows.flatMap((row) => walk(row['QUERY PLAN'][0].Plan));
}

/** Days since the first upload, of which the last belongs to them. */
function onDays(first: number, last: number) {
  const start = (day: number) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString();
  return { createdFrom: start(first), createdBefore: start(last + 1) };
}

/** @example 'Index Only Scan Upload', 'Sort' */
function nameOf(step: Step): string {
  return [step['Node Type'], step['Relation Name'] ?? ''].join(' ').trim();
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
  // A minute each: 1,440 a day, four of five of them ours.
  ['a day of long ago', onDays(1, 1), 1_152],
  ['a day of long ago, of one table', { ...onDays(1, 1), ofTable: true }, 288],
  ['a frequent state on a day of long ago', { ...onDays(1, 1), state: 'completed' }, 1_008],
  ['a rare source on a day of long ago', { ...onDays(1, 1), source: 'browser' }, 1],
  ['all days, far back', { ...onDays(0, 99), page: 3_000 }, visible],
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
  const names = steps.map(nameOf);
  expect(names.join()).toMatch(/Index (Only )?Scan.*Upload/);
  expect(names).not.toContain('Seq Scan Upload');
  const inVain = steps.map((step) => step['Rows Removed by Filter'] ?? 0);
  // Another account’s, or of another state.
  expect(Math.max(...inVain)).toBeLessThanOrEqual(Math.max(matches / 2, 1_440));
});

test.each([
  ['one', { search: 'FILE-99998' }, 1],
  ['none', { search: 'of another name' }, 0],
  ['one of a frequent state', { search: 'file-99998', state: 'completed' }, 1],
  ['all', { search: 'file' }, visible],
  ['those that somebody sent', { search: 'Ak3' }, 11_429],
])('of a hundred thousand uploads, a search finds %s and reads no others', async (...args) => {
  const [, filter, matches] = args;
  const statements = await statementsOf(async () => {
    expect((await list(filter)).total).toBe(matches);
  });
  const steps = (await Promise.all(statements.map(stepsOf))).flat();
  const names = steps.map(nameOf);
  expect(names).toContain('Index Only Scan Upload');
  expect(names).not.toContain('Seq Scan Upload');
  const ofRows = steps.filter((step) => nameOf(step) === 'Index Scan Upload');
  expect(Math.max(0, ...ofRows.map((step) => step['Rows Removed by Filter'] ?? 0))).toBeLessThan(
    1_000,
  );
});

test.each([
  // A packed file's bytes are counted as they are stored, so that time left is that of the file.
  ['known', { bytesPerSecond: 150, rowsPerSecond: 7 }, 4, 7],
  ['not known yet', { bytesPerSecond: null, rowsPerSecond: null }, null, null],
  ['not to be known while nothing moves', { bytesPerSecond: 0, rowsPerSecond: 0 }, null, 0],
])('time left, %s', async (_name, rates, secondsLeft, rowsPerSecond) => {
  const { editor, viewer } = await createTestAccount();
  const { id: tableId } = await createTestTable(editor);
  const live = { rowsRead: 10, rowsAccepted: 9, rowsRejected: 1, ...rates };
  const upload = {
    ...{ tableId, sequence: 1, key: 'k', fileName: 'a.csv.gz', source: 's3', uploadedBy: 'AK' },
    ...{ sizeBytes: 1_000, bytesRead: 400, etag: 'etag', rowsRead: 8, rowsAccepted: 8 },
  };
  const counts = { rowsRead: 10, rowsAccepted: 9, rowsRejected: 1, rowsPerSecond, secondsLeft };
  const show = async (state: string) => {
    await getDb().upload.deleteMany({ where: { tableId } });
    await getDb().upload.create({ data: { ...upload, state, progress: live } });
    return (await listUploads(viewer, listUploadsParameters.parse({}))).items[0];
  };
  expect(await show('processing')).toMatchObject(counts);
  const atRest = { rowsRead: 8, rowsAccepted: 8, rowsRejected: 0 };
  expect(await show('cancelled')).toMatchObject({ ...atRest, secondsLeft: null });
});
