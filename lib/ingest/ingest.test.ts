import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { BlobStore } from '#lib/blob/blob-store.ts';
import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { withChanges } from '#lib/blob/testing/with-changes.ts';
import { RejectsCsv } from '#lib/core/csv/rejects-csv.ts';
import type { Reject } from '#lib/core/csv/types.ts';
import type { ValueType } from '#lib/core/datatypes/types.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { columnName, stagingName, tableName } from '#lib/store/names.ts';
import { dropTable } from '#lib/store/physical-tables.ts';
import { prepareStore } from '#lib/store/prepare.ts';
import { countRows } from '#lib/store/row-counts.ts';
import { listStaging } from '#lib/store/staging.ts';
import { createTestTable, readValues, type TestTable } from '#lib/store/testing/fixtures.ts';
import { ClaimLostError, claimUpload } from '#lib/store/upload-claim.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { eventually } from '#lib/testing/eventually.ts';
import { countKeptRejects, readRejects, readRejectsLayout } from './read-rejects.ts';
import { encodeReject } from './reject-record.ts';
import { runUpload, type RunOutcome } from './run-upload.ts';
import { defaultIngestSettings, type IngestSettings } from './settings.ts';
import { uploadFile, type TestFile } from './testing/uploads.ts';

useTestDatabase();

let directory: string;
let blobs: FileBlobStore;

beforeAll(async () => {
  await prepareStore(getPool());
  directory = await mkdtemp(join(tmpdir(), 'opendcp-ingest-'));
  blobs = await FileBlobStore.open({ directory });
});
afterAll(() => rm(directory, { recursive: true }));

/** The store, as a bucket that stops answering after so many bytes; and when it did. */
function silentAfter(bytes: number): {
  readonly blobs: BlobStore;
  readonly silent: Promise<unknown>;
} {
  const { promise: silent, resolve } = Promise.withResolvers<undefined>();
  async function* read(source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      if (bytes > 0) yield chunk.subarray(0, bytes);
      resolve(undefined);
      await new Promise(() => undefined);
    }
  }
  return {
    silent,
    blobs: withChanges(blobs, {
      open: (name, range) =>
        range?.start === 0 && bytes > 0
          ? blobs.open(name, range)
          : Readable.from(read(blobs.open(name, range) as AsyncIterable<Buffer>)),
    }),
  };
}

const tiny: IngestSettings = {
  ...defaultIngestSettings,
  batchRows: 100,
  chunkBytes: 700,
  mergeParallelism: 2,
};

async function run(
  uploadId: number,
  tableId: number,
  settings: IngestSettings = defaultIngestSettings,
): Promise<RunOutcome> {
  const claim = await claimUpload(getPool(), { uploadId, tableId });
  if (!claim) throw new Error('The upload is not open.');
  const context = { pool: getPool(), blobs, settings };
  return runUpload(context, claim, new AbortController().signal);
}

async function load(
  table: TestTable,
  file: TestFile | string,
  settings?: IngestSettings,
): Promise<Summary> {
  const { tableId } = table;
  const content = typeof file === 'string' ? { content: file } : file;
  const uploadId = await uploadFile(blobs, tableId, content);
  await run(uploadId, tableId, settings);
  return summarise(uploadId);
}

const failure = z.object({ code: z.string(), message: z.string() }).nullable();

type Summary = Awaited<ReturnType<typeof summarise>>;

async function summarise(id: number) {
  const upload = await getDb().upload.findUniqueOrThrow({ where: { id } });
  return {
    id,
    state: upload.state,
    read: Number(upload.rowsRead),
    accepted: Number(upload.rowsAccepted),
    rejected: Number(upload.rowsRejected),
    created: Number(upload.rowsCreated),
    changed: Number(upload.rowsChanged),
    bytesRead: Number(upload.bytesRead),
    error: failure.parse(upload.error),
    warnings: upload.warnings,
    finished: upload.finishedAt !== null,
  };
}

async function rejectsOf(uploadId: number, range: { from?: number; limit?: number } = {}) {
  return Array.fromAsync(readRejects({ blobs, uploadId, ...range }));
}

async function groupsOf(uploadId: number) {
  const rows = await getDb().rejectGroup.findMany({
    where: { uploadId },
    orderBy: [{ code: 'asc' }, { column: 'asc' }],
  });
  return rows.map(({ code, column, count }) => [code, column, Number(count)]);
}

describe('a file', () => {
  test('becomes profiles', async () => {
    const table = await createTestTable();
    const content = [
      'bool,CUSTOMERID,string,double,long,date,datetime,epoch',
      'True,c1,"Height: 6\'1""",1.7976931348623157e308,9223372036854775807,2024-02-29,2022-05-02T10:10:59Z,1651676123',
      ',c2,,,,,,',
      'FALSE, "c3" ,"a, ""b""\nnext line 👩‍👩‍👧",5e-324, "-2" ,0001-01-01,1999-01-01T00:00:00,0',
    ].join('\n');
    const { id, ...summary } = await load(table, content);
    expect(summary).toEqual({
      state: 'completed',
      read: 3,
      accepted: 3,
      rejected: 0,
      created: 3,
      changed: 0,
      bytesRead: Buffer.byteLength(content),
      error: null,
      warnings: [],
      finished: true,
    });
    expect(await readValues(table, 'c1')).toEqual({
      bool: 'true',
      string: 'Height: 6\'1"',
      double: '1.7976931348623157e+308',
      long: '9223372036854775807',
      date: '2024-02-29',
      datetime: '2022-05-02 10:10:59',
      epoch: '1651676123',
    });
    expect(await readValues(table, 'c2')).toEqual({});
    expect(await readValues(table, 'c3')).toEqual({
      bool: 'false',
      string: 'a, "b"\nnext line 👩‍👩‍👧',
      double: '5e-324',
      long: '-2',
      date: '0001-01-01',
      datetime: '1999-01-01 00:00:00',
      epoch: '0',
    });
    expect(await listStaging(getPool())).toEqual([]);
    expect(id).toBeGreaterThan(0);
  });

  test('with bad rows stores the good ones and keeps the bad ones, byte for byte', async () => {
    const table = await createTestTable();
    const bad = Buffer.concat([Buffer.from('c4,'), Buffer.of(0xff, 0xfe), Buffer.from(',1')]);
    const content = Buffer.concat([
      Buffer.from('customerId,string,long\nc1,x,1\nc2,y,one\n,z,2\nc3,"a\nb",3,4\n'),
      bad,
      Buffer.from('\nc5,ok,5\n'),
    ]);
    const summary = await load(table, { content });
    expect(summary).toMatchObject({
      state: 'completed_with_errors',
      read: 6,
      accepted: 2,
      rejected: 4,
      created: 2,
      error: null,
    });
    const rejects = await rejectsOf(summary.id);
    expect(rejects.map(({ line, column, code, value }) => [line, column, code, value])).toEqual([
      [3, 'long', 'invalid-long', 'one'],
      [4, 'customerId', 'missing-customer-id', expect.anything()],
      [5, null, 'too-many-cells', null],
      [7, 'string', 'invalid-utf8', expect.anything()],
    ]);
    expect(rejects[2]?.raw.toString()).toBe('c3,"a\nb",3,4');
    expect(rejects[3]?.raw.equals(bad)).toBe(true);
    expect(content.subarray(rejects[0]?.byteOffset).toString('utf8', 0, 8)).toBe('c2,y,one');
    expect(await groupsOf(summary.id)).toEqual([
      ['invalid-long', 'long', 1],
      ['invalid-utf8', 'string', 1],
      ['missing-customer-id', 'customerId', 1],
      ['too-many-cells', '', 1],
    ]);
  });

  test('gives its rejects as a file that, mended, loads', async () => {
    const table = await createTestTable();
    const first = await load(table, 'customerId,string,long\nc1,=cmd(),one\nc2,y,2\n');
    const layout = await readRejectsLayout(first.id);
    if (!layout) throw new Error('There is no layout.');
    const csv = new RejectsCsv(layout);
    const rows: Buffer[] = [csv.header];
    for (const reject of await rejectsOf(first.id)) rows.push(csv.encode(reject));
    const mended = Buffer.concat(rows).toString().replace('one', '1');
    expect(mended).toContain('error_line');
    expect(await load(table, mended)).toMatchObject({
      state: 'completed',
      accepted: 1,
      created: 1,
    });
    expect(await readValues(table, 'c1')).toMatchObject({ long: '1' });
  });

  test('without rows is completed, with all rows rejected completed with errors', async () => {
    const table = await createTestTable();
    expect(await load(table, 'customerId,long\n')).toMatchObject({
      state: 'completed',
      read: 0,
      bytesRead: 16,
    });
    expect(await load(table, 'customerId,long')).toMatchObject({ state: 'completed', read: 0 });
    expect(await load(table, 'customerId,long\nc1,x\nc2,y')).toMatchObject({
      state: 'completed_with_errors',
      read: 2,
      accepted: 0,
      rejected: 2,
    });
    expect((await countRows(getPool(), [table.tableId])).get(table.tableId)).toBe(0);
  });

  test.each([
    ['gzip', gzipSync('customerId,long\nc1,1\nc2,2\n'), 'customers.csv.gz'],
    ['gzip under another name', gzipSync('customerId,long\nc1,1\nc2,2\n'), 'customers.csv'],
    [
      'gzip of several members',
      Buffer.concat([gzipSync('customerId,long\nc1,'), gzipSync('1\nc2,2\n')]),
      'customers.csv',
    ],
    ['tabs', Buffer.from('customerId\tlong\nc1\t1\nc2\t2\n'), 'customers.tsv'],
    ['CRLF', Buffer.from('customerId,long\r\nc1,1\r\nc2,2\r\n'), 'customers.csv'],
    ['CR', Buffer.from('customerId,long\rc1,1\rc2,2\r'), 'customers.csv'],
    ['mixed line ends', Buffer.from('customerId,long\r\nc1,1\n\n\rc2,2'), 'customers.csv'],
    ['a byte-order mark', Buffer.from('\uFEFFcustomerId,long\nc1,1\nc2,2'), 'customers.csv'],
  ])('may be %s, and come in parts', async (_, content, fileName) => {
    for (const parts of [1, 3]) {
      const table = await createTestTable();
      expect(await load(table, { content, fileName, parts })).toMatchObject({
        state: 'completed',
        accepted: 2,
        bytesRead: content.length,
      });
      expect(await readValues(table, 'c1')).toEqual({ long: '1' });
      expect(await readValues(table, 'c2')).toEqual({ long: '2' });
    }
  });

  test('says what it accepted with a doubt', async () => {
    const table = await createTestTable();
    const rows = Array.from({ length: 250 }, (_, index) => `c${index},1651676123000\n`).join('');
    const summary = await load(table, `customerId,epoch\n${rows}`, tiny);
    expect(summary.warnings).toEqual([
      { code: 'epoch-looks-like-milliseconds', column: 'epoch', count: 250 },
    ]);
  });

  test('clears with empty cells where the table says so', async () => {
    const table = await createTestTable({ emptyCells: 'clear' });
    await load(table, 'customerId,string,long\nc1,x,1\n');
    expect(await load(table, 'customerId,long\nc1,\n')).toMatchObject({ changed: 1 });
    expect(await readValues(table, 'c1')).toEqual({ string: 'x' });
  });

  test('of lone backslash-dot lines is no end of data', async () => {
    const table = await createTestTable();
    const content = 'customerId\na\n\\.\nb\n';
    expect(await load(table, content)).toMatchObject({ state: 'completed', accepted: 3 });
    expect(await readValues(table, '\\.')).toEqual({});
    expect(await readValues(table, 'b')).toEqual({});
  });
});

/** A table with 1,000 more attributes, whose datatypes take turns. */
async function createWideTable(datatypes: readonly ('string' | 'bool' | 'long')[]) {
  const { tableId } = await createTestTable();
  const names = Array.from({ length: 1_000 }, (_, index) => `n${index}`);
  await getDb().attribute.createMany({
    data: names.map((name, index) => ({
      tableId,
      name,
      datatype: datatypes[index % datatypes.length] ?? 'long',
    })),
  });
  // Made anew with all columns, which is much quicker than adding them.
  await dropTable(getPool(), tableId);
  return { tableId, names };
}

test('a file of 1,000 columns is loaded with every value, and changed by the next', async () => {
  const { tableId, names } = await createWideTable(['long', 'bool', 'string']);
  const valueOf = (row: number, index: number) =>
    [String(row * 1_000 + index), String((row + index) % 2 === 0), `t${row + index}`][index % 3] ??
    '';
  const rowOf = (row: number) =>
    `c${row},${names.map((_, index) => valueOf(row, index)).join(',')}`;
  const first = [0, 1, 2].map(rowOf);
  const reversed = names.toReversed();
  const second = `c1,${reversed.map((_, index) => (index === 0 ? '77' : '')).join(',')}`;
  const full = `customerId,${names.join(',')}\n${first.join('\n')}\n`;
  const sparse = `customerId,${reversed.join(',')}\n${second}\n`;
  for (const [content, changed] of [
    [full, 0],
    [sparse, 1],
    [sparse, 0],
  ] as const) {
    const uploadId = await uploadFile(blobs, tableId, { content });
    await run(uploadId, tableId);
    expect(await summarise(uploadId)).toMatchObject({ state: 'completed', changed });
  }
  const attributes = await getDb().attribute.findMany({
    where: { tableId, name: { in: names } },
    orderBy: { id: 'asc' },
  });
  const columns = attributes.map(({ id }) => `${columnName(id)}::text`);
  const { rows } = await getPool().query<{ values: string[] }>(
    `SELECT ARRAY[${columns.join(', ')}] AS values FROM ${tableName(tableId)} ORDER BY customer_id`,
  );
  const expected = [0, 1, 2].map((row) => names.map((_, index) => valueOf(row, index)));
  expected[1]?.splice(999, 1, '77');
  expect(rows.map(({ values }) => values)).toEqual(expected);
}, 60_000);

describe('a file that cannot be loaded fails with one sentence and stores nothing', () => {
  test.each<[string, string | Buffer, string]>([
    ['unknown column', 'customerId,lnog\nc1,1\n', 'header-unknown-column'],
    ['no customer ID', 'long\n1\n', 'header-no-customer-id'],
    ['a column twice', 'customerId,long,long\nc1,1,2\n', 'header-duplicate-column'],
    ['empty', '', 'file-empty'],
    ['UTF-16', Buffer.from('\uFEFFcustomerId,long\nc1,1\n', 'utf16le'), 'file-not-utf8'],
    ['a ZIP archive', Buffer.from('PK\u0003\u0004 and so on'), 'file-not-csv'],
    ['damaged gzip', gzipSync('customerId,long\nc1,1\n').subarray(0, 24), 'file-damaged'],
  ])('%s', async (_, content, code) => {
    const table = await createTestTable();
    const summary = await load(table, { content });
    expect(summary).toMatchObject({ state: 'failed', read: 0, finished: true });
    expect(summary.error?.code).toBe(code);
    expect(summary.error?.message).toMatch(/\.$/);
    expect((await countRows(getPool(), [table.tableId])).get(table.tableId)).toBe(0);
  });

  test('an archived attribute', async () => {
    const table = await createTestTable();
    await getDb().attribute.updateMany({
      where: { tableId: table.tableId, name: 'long' },
      data: { archivedAt: new Date() },
    });
    const summary = await load(table, 'customerId,long\nc1,1\n');
    expect(summary.error).toMatchObject({ code: 'header-archived-attribute' });
  });

  test('whose remains cannot be removed at once', async () => {
    const { tableId } = await createTestTable();
    const uploadId = await uploadFile(blobs, tableId, { content: 'customerId,nonsense\nc1,x\n' });
    await getPool().query(`
      CREATE TABLE profiles.s_${uploadId}_0 (customer_id text) PARTITION BY HASH (customer_id);
      CREATE VIEW profiles.in_the_way AS SELECT * FROM profiles.s_${uploadId}_0`);
    expect((await run(uploadId, tableId)).kind).toBe('failed');
    expect((await summarise(uploadId)).state).toBe('failed');
    await getPool().query(`DROP TABLE profiles.s_${uploadId}_0 CASCADE`);
  });

  test('a file that is gone', async () => {
    const table = await createTestTable();
    const uploadId = await uploadFile(blobs, table.tableId, { content: 'customerId\nc1\n' });
    for await (const { name } of blobs.list()) await blobs.remove([name]);
    await run(uploadId, table.tableId);
    expect((await summarise(uploadId)).error).toMatchObject({ code: 'file-missing' });
    await getDb().storedObject.deleteMany({ where: { tableId: table.tableId } });
    const second = await uploadFile(blobs, table.tableId, { content: 'customerId\nc1\n' });
    await getDb().storedObject.deleteMany({ where: { tableId: table.tableId } });
    await run(second, table.tableId);
    expect((await summarise(second)).error).toMatchObject({ code: 'file-missing' });
  });

  test('rows of 1,000 texts, which do not fit into a page even when they are stored apart', async () => {
    const { tableId, names } = await createWideTable(['string']);
    const texts = names.map((name) => `${name} is longer than a pointer to it`);
    const content = `customerId,${names.join(',')}\nc1,${texts.join(',')}\n`;
    const uploadId = await uploadFile(blobs, tableId, { content });
    await run(uploadId, tableId);
    expect((await summarise(uploadId)).error?.code).toBe('row-too-wide');
  });

  test('rows of 300 texts do fit, which the guide promises, at the length that takes the most of a page', async () => {
    const { tableId, names } = await createWideTable(['string']);
    const texts = names.slice(0, 300).map((name) => name.padEnd(23, 'x'));
    const content = `customerId,${names.slice(0, 300).join(',')}\n${'c'.repeat(1_024)},${texts.join(',')}\n`;
    const uploadId = await uploadFile(blobs, tableId, { content });
    await run(uploadId, tableId);
    expect(await summarise(uploadId)).toMatchObject({ state: 'completed', created: 1 });
  });

  test('rows that are wider than the database can hold', async () => {
    const { tableId } = await createTestTable();
    const names = Array.from({ length: 1_200 }, (_, index) => `n${index}`);
    await getDb().attribute.createMany({
      data: names.map((name) => ({ tableId, name, datatype: 'long' })),
    });
    // Made anew with all columns, which is much quicker than adding them.
    await dropTable(getPool(), tableId);
    const content = `customerId,${names.join(',')}\nc1,${names.map(() => '1').join(',')}\n`;
    const uploadId = await uploadFile(blobs, tableId, { content });
    await run(uploadId, tableId);
    expect((await summarise(uploadId)).error?.code).toBe('row-too-wide');
  });

  test('gzip that breaks off late: what was stored before is counted', async () => {
    const table = await createTestTable();
    const rows = Array.from({ length: 40_000 }, (_, index) => `c${index},${index * 7919}\n`);
    const whole = gzipSync(`customerId,long\n${rows.join('')}`);
    const content = whole.subarray(0, whole.length - 2_000);
    const summary = await load(table, { content }, { ...defaultIngestSettings, batchRows: 10_000 });
    expect(summary.state).toBe('failed');
    expect(summary.error).toMatchObject({ code: 'file-damaged' });
    const stored = (await countRows(getPool(), [table.tableId])).get(table.tableId);
    expect(stored).toBeGreaterThan(0);
    expect(summary).toMatchObject({ read: stored, accepted: stored, created: stored });
    expect(await listStaging(getPool())).toEqual([]);
  });
});

/** The seed's six validity tables: datatype, cell as it stands in the file, verdict. */
const seed: readonly [ValueType, string, boolean][] = [
  ['bool', '"false"', true],
  ['bool', 'True', true],
  ['bool', '"TRUE"', true],
  ['bool', '0', false],
  ['bool', '1', false],
  ['bool', '"y"', false],
  ['bool', '"n"', false],
  ['long', '1', true],
  ['long', '"-2"', true],
  ['long', '9223372036854775807', true],
  ['long', '-9223372036854775807', true],
  ['long', '"foo"', false],
  ['long', '9223372036854775810', false],
  ['double', '1', true],
  ['double', '"-2.3"', true],
  ['double', '"foo"', false],
  ['double', '"2,3"', false],
  ['date', '"2022-05-02"', true],
  ['date', '1999-01-02', true],
  ['date', '2022-13-01', false],
  ['date', '2022/05/02', false],
  ['datetime', '"2022-05-02T10:10:59Z"', true],
  ['datetime', '1999-01-01T00:00:00', true],
  ['datetime', '"2022-05-02"', false],
  ['datetime', '2022/05/02T10:10:59Z', false],
  ['datetime', '2022-05-02 10:10:59', false],
  ['datetime', '2022-05-02t10:10:59z', false],
  ['datetime', '2022-05-02T55:10:59Z', false],
  ['epoch', '"0"', true],
  ['epoch', '1651676123', true],
  ['epoch', '"2022-05-02"', false],
  ['epoch', '"2022-05-02T10:10:59Z"', false],
  ['epoch', '-1651676123', false],
];

describe('validity tables of the seed, through a whole upload', () => {
  test.each([...new Set(seed.map(([type]) => type))])('%s', async (type) => {
    const table = await createTestTable();
    const cases = seed.filter(([caseType]) => caseType === type);
    const rows = cases.map(([, cell], index) => `${index + 1},${cell}\n`).join('');
    const summary = await load(table, `customerId,${type}\n${rows}`);
    const invalid = cases.flatMap(([, , isValid], index) => (isValid ? [] : [index + 2]));
    expect((await rejectsOf(summary.id)).map(({ line }) => line)).toEqual(invalid);
    expect(summary).toMatchObject({ read: cases.length, rejected: invalid.length });
    for (const [index, [, , isValid]] of cases.entries()) {
      const values = await readValues(table, String(index + 1));
      expect(values === null ? false : type in values).toBe(isValid);
    }
  });
});

test('rows over 4 MiB and cells over 1 MiB are rejected, and the largest that fit are stored', async () => {
  const { tableId } = await createTestTable();
  const names = ['a', 'b', 'd', 'e'];
  await getDb().attribute.createMany({
    data: names.map((name) => ({ tableId, name, datatype: 'string' })),
  });
  const cell = 'v'.repeat(1024 * 1024);
  const row = (id: string, last: number) => [id, cell, cell, cell, cell.slice(0, last)].join(',');
  const rest = 4 * 1024 * 1024 - row('c1', 0).length;
  const lines = [row('c1', rest), row('c2', rest + 1), `c3,${cell}v,,,`, `c4,${cell},,,`];
  const content = `customerId,${names.join(',')}\n${lines.join('\n')}\n`;
  const uploadId = await uploadFile(blobs, tableId, { content });
  await run(uploadId, tableId);
  expect(await summarise(uploadId)).toMatchObject({ accepted: 2, rejected: 2, created: 2 });
  const rejects = await rejectsOf(uploadId);
  expect(rejects.map(({ line, code }) => [line, code])).toEqual([
    [3, 'row-too-long'],
    [4, 'value-too-long'],
  ]);
});

describe('many batches', () => {
  const rows = Array.from({ length: 2_000 }, (_, index) => {
    const id = `c${(index * 7) % 1_300}`;
    if (index % 50 === 3) return `${id},bad${index},x\n`;
    return index % 3 === 0 ? `${id},,"text ${index},\n2"\n` : `${id},${index},\n`;
  });
  const content = `customerId,long,string\n${rows.join('')}`;

  test('give what one batch gives, however the file is cut', async () => {
    const whole = await createTestTable();
    const expected = await load(whole, content);
    expect(expected.rejected).toBe(40);
    const cut = await createTestTable();
    const summary = await load(cut, { content, parts: 7 }, tiny);
    expect(summary).toMatchObject({
      state: expected.state,
      read: expected.read,
      accepted: expected.accepted,
      rejected: expected.rejected,
      created: expected.created,
    });
    for (let index = 0; index < 1_300; index++) {
      expect(await readValues(cut, `c${index}`)).toEqual(await readValues(whole, `c${index}`));
    }
    expect(strip(await rejectsOf(summary.id))).toEqual(strip(await rejectsOf(expected.id)));
    expect(await groupsOf(summary.id)).toEqual([['invalid-long', 'long', 40]]);
  });

  test('keep the first rejects and count the rest', async () => {
    const table = await createTestTable();
    const summary = await load(table, content, { ...tiny, keptRejects: 25 });
    expect(summary.rejected).toBe(40);
    expect(await countKeptRejects(summary.id)).toBe(25);
    const all = await rejectsOf(summary.id);
    expect(all).toHaveLength(25);
    expect(strip(await rejectsOf(summary.id, { from: 7, limit: 9 }))).toEqual(
      strip(all.slice(7, 16)),
    );
    expect(await rejectsOf(summary.id, { from: 25 })).toEqual([]);
    expect(await groupsOf(summary.id)).toEqual([['invalid-long', 'long', 40]]);
  });

  test('keep no more bytes of rejects than they may, over all batches', async () => {
    const table = await createTestTable();
    const whole = await rejectsOf((await load(table, content, tiny)).id);
    const sizes = whole.map((reject) => encodeReject(reject).length);
    const bytesOf = (rows: number) => sizes.slice(0, rows).reduce((sum, size) => sum + size, 0);
    // The row that reaches the limit is still kept.
    const summary = await load(table, content, { ...tiny, keptRejectBytes: bytesOf(16) + 1 });
    expect(summary.rejected).toBe(40);
    expect(strip(await rejectsOf(summary.id))).toEqual(strip(whole.slice(0, 17)));
    expect(await countKeptRejects(summary.id)).toBe(17);
    expect(await groupsOf(summary.id)).toEqual([['invalid-long', 'long', 40]]);
  });

  test('are staged while the merge of the one before is held up', async () => {
    const table = await createTestTable();
    const { tableId } = table;
    await load(table, 'customerId,long\nc0,1\n');
    const holder = await getPool().connect();
    await holder.query('BEGIN');
    await holder.query(`SELECT FROM ${tableName(tableId)} WHERE customer_id = 'c0' FOR UPDATE`);
    const uploadId = await uploadFile(blobs, tableId, { content });
    const running = run(uploadId, tableId, { ...tiny, firstLoadBytes: Infinity });
    const staged = async () => {
      const sets = (await listStaging(getPool())).filter((set) => set.uploadId === uploadId);
      const next = sets.find(({ batch }) => batch === 1);
      if (!next) return 0;
      const { rows } = await getPool().query<{ count: string }>(
        `SELECT count(*) FROM ${stagingName(uploadId, 1)}`,
      );
      return Number(rows[0]?.count);
    };
    await eventually(staged).toBeGreaterThan(90);
    // Nothing of the first batch was recorded, nor a third one begun.
    expect(await summarise(uploadId)).toMatchObject({ accepted: 0 });
    expect((await listStaging(getPool())).map(({ batch }) => batch).toSorted()).toEqual([0, 1]);
    await holder.query('COMMIT');
    holder.release();
    expect((await running).kind).toBe('completed');
    expect(await summarise(uploadId)).toMatchObject({ accepted: 1_960 });
  });
});

function strip(rejects: readonly Reject[]) {
  return rejects.map(({ raw, ...facts }) => ({ ...facts, raw: raw.toString('latin1') }));
}

test('a chunk of more repeats than a call takes arguments is loaded', async () => {
  const rows = defaultIngestSettings.chunkBytes;
  const content = `customerId\n${'a\n'.repeat(rows)}`;
  const summary = await load(await createTestTable(), content, {
    ...defaultIngestSettings,
    firstLoadBytes: Infinity,
  });
  expect(summary).toMatchObject({ state: 'completed', read: rows, created: 1 });
});

describe('files', () => {
  test('update what earlier files stored', async () => {
    const table = await createTestTable();
    await load(table, 'customerId,long,string\nc1,5,\nc2,7,x\n');
    expect(await load(table, 'customerId,string\nc1,Paris\nc2,x\n')).toMatchObject({
      created: 0,
      changed: 1,
    });
    expect(await readValues(table, 'c1')).toEqual({ long: '5', string: 'Paris' });
    expect(await load(table, 'customerId,string\nc1,""\n')).toMatchObject({ changed: 1 });
    expect(await readValues(table, 'c1')).toEqual({ long: '5', string: '' });
  });
});

describe('an upload that stops in the middle', () => {
  const rows = Array.from({ length: 3_000 }, (_, index) => `c${index},${index}\n`).join('');
  const content = `customerId,long\n${rows}`;

  test('goes on where it was, with the columns it began with', async () => {
    const table = await createTestTable();
    const uploadId = await uploadFile(blobs, table.tableId, { content });
    const claim = await claimUpload(getPool(), { uploadId, tableId: table.tableId });
    if (!claim) throw new Error('The upload is not open.');
    const stop = new AbortController();
    const running = runUpload({ pool: getPool(), blobs, settings: tiny }, claim, stop.signal);
    await eventually(async () => (await summarise(uploadId)).read).toBeGreaterThan(200);
    stop.abort(new Error('enough'));
    expect(await running).toEqual({ kind: 'stopped' });
    const halfway = await summarise(uploadId);
    expect(halfway).toMatchObject({ state: 'processing', finished: false });
    expect(halfway.read).toBeLessThan(3_000);

    await getDb().attribute.updateMany({
      where: { tableId: table.tableId, name: 'long' },
      data: { archivedAt: new Date() },
    });
    await run(uploadId, table.tableId);
    expect(await summarise(uploadId)).toMatchObject({
      state: 'completed',
      read: 3_000,
      accepted: 3_000,
      created: 3_000,
      changed: 0,
    });
    expect((await countRows(getPool(), [table.tableId])).get(table.tableId)).toBe(3_000);
  });

  test('counts the same as without a stop, also customers that come back', async () => {
    const lines = Array.from({ length: 4_000 }, (_, index) => `c${(index * 7) % 150},${index}\n`);
    const repeated = `customerId,long\n${lines.join('')}`;
    const calm = await createTestTable();
    const expected = await load(calm, repeated, tiny);
    const table = await createTestTable();
    const { tableId } = table;
    const uploadId = await uploadFile(blobs, tableId, { content: repeated });
    for (const rows of [300, 1_100, 2_500]) {
      const claim = await claimUpload(getPool(), { uploadId, tableId });
      if (!claim) throw new Error('The upload is not open.');
      const stop = new AbortController();
      const running = runUpload({ pool: getPool(), blobs, settings: tiny }, claim, stop.signal);
      await eventually(async () => (await summarise(uploadId)).read).toBeGreaterThan(rows);
      stop.abort(new Error('enough'));
      await running;
    }
    await run(uploadId, tableId, tiny);
    expect(await summarise(uploadId)).toEqual({ ...expected, id: uploadId });
    expect(expected.changed).toBeGreaterThan(2_000);
  });

  test('by a cancel: what was stored stays and is counted', async () => {
    const table = await createTestTable();
    const uploadId = await uploadFile(blobs, table.tableId, { content });
    const running = run(uploadId, table.tableId, tiny);
    await eventually(async () => (await summarise(uploadId)).read).toBeGreaterThan(200);
    await getDb().upload.update({ where: { id: uploadId }, data: { state: 'cancelled' } });
    expect(await running).toEqual({ kind: 'stopped' });
    const summary = await summarise(uploadId);
    const stored = (await countRows(getPool(), [table.tableId])).get(table.tableId);
    expect(summary).toMatchObject({ state: 'cancelled', finished: true, created: stored });
    expect(summary.accepted).toBe(stored);
    expect(stored).toBeLessThan(3_000);
    expect(await listStaging(getPool())).toEqual([]);
  });

  test('by a cancel, while the bytes of its file do not come', async () => {
    const table = await createTestTable();
    const uploadId = await uploadFile(blobs, table.tableId, { content });
    const claim = await claimUpload(getPool(), { uploadId, tableId: table.tableId });
    if (!claim) throw new Error('The upload is not open.');
    const bucket = silentAfter(600);
    const context = { pool: getPool(), blobs: bucket.blobs, settings: tiny };
    const running = runUpload(context, claim, new AbortController().signal);
    await bucket.silent;
    // The rows that came are on their way; from here on, only the file is waited for.
    await eventually(() => listStaging(getPool())).toContainEqual({ uploadId, batch: 0 });
    await getDb().upload.update({ where: { id: uploadId }, data: { state: 'cancelled' } });
    expect(await running).toEqual({ kind: 'stopped' });
    expect(await summarise(uploadId)).toMatchObject({ state: 'cancelled', finished: true });
  });

  test('by a cancel, while not even the header of its file comes', async () => {
    const table = await createTestTable();
    const uploadId = await uploadFile(blobs, table.tableId, { content });
    const bucket = silentAfter(0);
    const context = { pool: getPool(), blobs: bucket.blobs, settings: tiny };
    const stop = new AbortController();
    const claim = await claimUpload(getPool(), { uploadId, tableId: table.tableId });
    if (!claim) throw new Error('The upload is not open.');
    const running = runUpload(context, claim, stop.signal);
    await bucket.silent;
    await getDb().upload.update({ where: { id: uploadId }, data: { state: 'cancelled' } });
    // As the worker does, which learns of it at once.
    stop.abort(new ClaimLostError(uploadId));
    expect(await running).toEqual({ kind: 'stopped' });
    expect(await summarise(uploadId)).toMatchObject({ state: 'cancelled', finished: true });
  });

  test('by the removal of its table: ends quietly', async () => {
    const table = await createTestTable();
    const uploadId = await uploadFile(blobs, table.tableId, { content });
    const running = run(uploadId, table.tableId, tiny);
    await eventually(async () => (await summarise(uploadId)).read).toBeGreaterThan(200);
    await getDb().table.delete({ where: { id: table.tableId } });
    expect(await running).toEqual({ kind: 'stopped' });
    expect(await listStaging(getPool())).toEqual([]);
  });

  test('by the removal of a column that it brings: fails, and says so', async () => {
    const { tableId, columns } = await createTestTable();
    const column = columns.find(({ type }) => type === 'long');
    if (!column) throw new Error('A column is missing.');
    const uploadId = await uploadFile(blobs, tableId, { content });
    const claim = await claimUpload(getPool(), { uploadId, tableId });
    if (!claim) throw new Error('The upload is not open.');
    const stop = new AbortController();
    const running = runUpload({ pool: getPool(), blobs, settings: tiny }, claim, stop.signal);
    await eventually(async () => (await summarise(uploadId)).read).toBeGreaterThan(200);
    stop.abort(new Error('enough'));
    await running;
    const name = columnName(column.attributeId);
    await getPool().query(`ALTER TABLE ${tableName(tableId)} DROP COLUMN ${name}`);
    expect((await run(uploadId, tableId)).kind).toBe('failed');
    expect((await summarise(uploadId)).error).toMatchObject({ code: 'attribute-removed' });
  });

  test('by mishaps: is tried again, and given up when nothing helps', async () => {
    const table = await createTestTable();
    const uploadId = await uploadFile(blobs, table.tableId, { content });
    await getPool().query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN RAISE EXCEPTION 'out of order'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON profiles.t_${table.tableId}
      FOR EACH ROW EXECUTE FUNCTION refuse()`);
    for (let tries = 1; tries < 5; tries++) {
      expect((await run(uploadId, table.tableId)).kind).toBe('retry');
      expect((await summarise(uploadId)).state).toBe('queued');
    }
    expect((await run(uploadId, table.tableId)).kind).toBe('failed');
    expect((await summarise(uploadId)).error).toMatchObject({ code: 'repeated-mishap' });
  });
});
