import { text } from 'node:stream/consumers';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, test } from 'vitest';
import { createAttributeRequest } from '#lib/contracts/attributes.ts';
import {
  listUploadsParameters,
  uploadResponse,
  wholeRow,
  type ListRejectsParameters,
} from '#lib/contracts/uploads.ts';
import { getDb } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode, waitForEnd } from '#lib/testing/test-node.ts';
import { createTestTable, type TestTable } from '#lib/testing/test-table.ts';
import { createAttribute } from '../attributes/create-attributes.ts';
import { lookUpProfile } from '../profiles.ts';
import { getTable } from '../tables/get-table.ts';
import { updateTable } from '../tables/update-table.ts';
import { cancelUpload } from './cancel-upload.ts';
import { getUpload } from './get-upload.ts';
import { listRejects } from './list-rejects.ts';
import { listUploads, listUploadsOfTable } from './list-uploads.ts';
import { writeRejectsCsv } from './rejects-csv.ts';
import { retryUpload, storeCheckedUpload } from './queue-again.ts';

useTestDatabase();
const node = useTestNode();

let ours: TestAccount;
let theirs: TestAccount;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  theirs = await createTestAccount('Theirs');
});

type Connected = TestTable & { readonly client: S3Client };

async function makeTable(): Promise<Connected> {
  const table = await createTestTable(ours.editor);
  return { ...table, client: await node.connect(table.id) };
}

/** Sends a file and gives the id of its upload. */
async function send(
  { id, key, client }: Connected,
  name: string,
  body: string,
  Metadata: Record<string, string> = {},
): Promise<number> {
  await client.send(
    new PutObjectCommand({ Bucket: 'optimizely-import', Key: key(name), Body: body, Metadata }),
  );
  const upload = await getDb().upload.findFirstOrThrow({
    where: { tableId: id, key: key(name) },
    orderBy: { id: 'desc' },
  });
  return upload.id;
}

async function load(table: Connected, name: string, body: string) {
  return waitForEnd(ours.viewer, await send(table, name, body));
}

async function valuesOf(tableId: number, customerId: string) {
  const { found, values } = await lookUpProfile(ours.viewer, { tableId, customerId });
  if (!found) return null;
  return Object.fromEntries(
    values.filter(({ value }) => value !== null).map(({ name, value }) => [name, value]),
  );
}

async function readRejectsCsv(uploadId: number) {
  const { fileName, body } = await writeRejectsCsv(ours.viewer, uploadId);
  return { fileName, csv: await text(body) };
}

test('a file becomes profiles, exact to the last digit', async () => {
  const table = await makeTable();
  const upload = await load(
    table,
    'customers.csv',
    [
      'string,customerID,bool,long,double,date,datetime,epoch',
      '"6\'1"", ""quoted"",\ntwo lines 👩‍👩‍👧",c1,TRUE,9223372036854775807,1.7976931348623157e308,2024-02-29,2022-05-02T10:10:59Z,1651676123',
      ',c2,,,,,,',
      '',
    ].join('\n'),
  );
  expect(uploadResponse.parse(upload)).toMatchObject({
    state: 'completed',
    rowsRead: 2,
    rowsAccepted: 2,
    rowsRejected: 0,
    rowsCreated: 2,
    rowsChanged: 0,
    rowsPerSecond: null,
    secondsLeft: null,
    error: null,
    rejectsKept: 0,
    rejectGroups: [],
    sameContentAs: null,
  });
  expect(await valuesOf(table.id, 'c1')).toEqual({
    string: '6\'1", "quoted",\ntwo lines 👩‍👩‍👧',
    bool: 'true',
    long: '9223372036854775807',
    double: '1.7976931348623157e+308',
    date: '2024-02-29',
    datetime: '2022-05-02T10:10:59Z',
    epoch: '1651676123',
  });
  expect(await valuesOf(table.id, 'c2')).toEqual({});
  expect(await valuesOf(table.id, 'c3')).toBeNull();
  const profile = await lookUpProfile(ours.viewer, { tableId: table.id, customerId: 'c1' });
  expect(profile.source).toEqual({ uploadId: upload.id, fileName: 'customers.csv' });
});

describe('a file that is only checked', () => {
  const body = 'customerId,long\nc1,1\nc2,2\nc3,x\nc4,4\n';

  async function check(table: Connected, word = 'true') {
    const id = await send(table, 'checked.csv', body, { 'opendcp-check-only': word });
    return waitForEnd(ours.viewer, id);
  }

  test('is compared, shown with its rejects, and stored on demand', async () => {
    const table = await makeTable();
    await load(table, 'before.csv', 'customerId,long\nc1,1\nc2,1\n');
    const checked = await check(table);
    expect(checked).toMatchObject({
      checkOnly: true,
      state: 'completed_with_errors',
      rowsRead: 4,
      rowsAccepted: 3,
      rowsRejected: 1,
      rowsCreated: 1,
      rowsChanged: 1,
      rowsUnchanged: 1,
      rejectsKept: 1,
      sameContentAs: null,
    });
    const rejects = await listRejects(ours.viewer, checked.id, { page: 1, perPage: 10 });
    expect(rejects.items).toMatchObject([{ line: 4, code: 'invalid-long', value: 'x' }]);
    expect(await valuesOf(table.id, 'c2')).toEqual({ long: '1' });
    expect(await valuesOf(table.id, 'c4')).toBeNull();
    expect((await getTable(ours.viewer, table.id)).lastUpload?.fileName).toBe('before.csv');

    await expect(storeCheckedUpload(ours.viewer, checked.id)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(storeCheckedUpload(theirs.editor, checked.id)).rejects.toMatchObject({
      code: 'not-found',
    });
    const stored = await storeCheckedUpload(ours.editor, checked.id);
    expect(stored.checkOnly).toBe(false);
    expect(await waitForEnd(ours.viewer, stored.id)).toMatchObject({
      state: 'completed_with_errors',
      rowsCreated: 1,
      rowsChanged: 1,
      rowsUnchanged: null,
      sameContentAs: null,
    });
    expect(await valuesOf(table.id, 'c4')).toEqual({ long: '4' });
    await expect(storeCheckedUpload(ours.editor, stored.id)).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('stays a check when it is retried', async () => {
    const table = await makeTable();
    const id = await send(table, 'wrong.csv', 'customerId,wrong\nc1,1\n', {
      'opendcp-check-only': 'TRUE',
    });
    expect((await waitForEnd(ours.viewer, id)).state).toBe('failed');
    await expect(storeCheckedUpload(ours.editor, id)).rejects.toMatchObject({ code: 'conflict' });
    const retry = await retryUpload(ours.editor, id);
    expect((await waitForEnd(ours.viewer, retry.id)).checkOnly).toBe(true);
  });

  test('is asked for by any word but false', async () => {
    const table = await makeTable();
    expect((await check(table, 'yse')).checkOnly).toBe(true);
    expect((await check(table, 'false')).checkOnly).toBe(false);
  });
});

describe('rejected rows', () => {
  const file = [
    'customerId,long,bool,string',
    'c1,1,true,=SUM(A1)',
    'c2,1.0,true,"a, ""b"""',
    'c3,3,yes,-1+1',
    ',4,true,nobody',
    'c5,5',
    'c6,6,false,fine',
    'c7,9223372036854775808,no,two faults',
    '',
  ].join('\n');

  test('are counted by reason, shown with what was expected, and the rest is stored', async () => {
    const table = await makeTable();
    const upload = await load(table, 'customers.csv', file);
    expect(upload).toMatchObject({
      state: 'completed_with_errors',
      rowsRead: 7,
      rowsAccepted: 2,
      rowsRejected: 5,
      rejectsKept: 5,
    });
    const groups = upload.rejectGroups.map(({ code, column, count }) => [code, column, count]);
    expect(groups).toHaveLength(5);
    expect(groups).toContainEqual(['invalid-long', 'long', 1]);
    expect(groups).toContainEqual(['invalid-bool', 'bool', 1]);
    expect(groups).toContainEqual(['too-few-cells', null, 1]);
    const { explanation } = upload.rejectGroups.find(({ code }) => code === 'invalid-bool') ?? {};
    expect(explanation).toMatch(/true or false/);

    const page = await listRejects(ours.viewer, upload.id, { page: 1, perPage: 2 });
    expect(page.total).toBe(5);
    expect(page.items).toMatchObject([
      {
        line: 3,
        column: 'long',
        code: 'invalid-long',
        value: '1.0',
        raw: 'c2,1.0,true,"a, ""b"""',
      },
      { line: 4, column: 'bool', code: 'invalid-bool', value: 'yes' },
    ]);
    const last = await listRejects(ours.viewer, upload.id, { page: 3, perPage: 2 });
    expect(last.items.map(({ line }) => line)).toEqual([8]);
    expect(await valuesOf(table.id, 'c3')).toBeNull();
    expect(await valuesOf(table.id, 'c6')).toMatchObject({ long: '6' });
  });

  test('are filtered by code and column, a page at a time', async () => {
    const table = await makeTable();
    const rows = Array.from({ length: 30 }, (_, index) => {
      if (index % 3 === 0) return `c${index},x,true,"code"":""invalid-bool"`;
      return index % 3 === 1 ? `c${index},1,maybe,z` : `c${index},1`;
    });
    const upload = await load(
      table,
      'customers.csv',
      ['customerId,long,bool,string', ...rows, ''].join('\n'),
    );
    const list = (filter: Partial<ListRejectsParameters>) =>
      listRejects(ours.viewer, upload.id, { page: 1, perPage: 4, ...filter });
    const first = await list({ code: 'invalid-bool' });
    expect(first.total).toBe(10);
    expect(first.items.map(({ line }) => line)).toEqual([3, 6, 9, 12]);
    const last = await list({ code: 'invalid-bool', column: 'bool', page: 3 });
    expect(last.items.map(({ line }) => line)).toEqual([27, 30]);
    expect(last.total).toBe(10);
    expect((await list({ column: 'long' })).items).toMatchObject(
      Array.from({ length: 4 }, () => ({ code: 'invalid-long', column: 'long' })),
    );
    expect(await list({ column: wholeRow })).toMatchObject({
      total: 10,
      items: [{ code: 'too-few-cells' }, {}, {}, {}],
    });
    expect(await list({ code: 'invalid-bool', column: 'long' })).toEqual({ total: 0, items: [] });
  });

  test('come as a CSV that can be mended and uploaded as it is', async () => {
    const table = await makeTable();
    const upload = await load(table, 'customers.csv', file);
    const { fileName, csv } = await readRejectsCsv(upload.id);
    expect(fileName).toBe('customers-rejects.csv');
    const lines = csv.trimEnd().split('\n');
    expect(lines[0]).toBe(
      'customerId,long,bool,string,error_line,error_column,error_code,error_message',
    );
    expect(lines).toHaveLength(6);
    // A spreadsheet must not run it; the next upload takes the apostrophe away again.
    expect(lines[2]).toMatch(/^c3,3,yes,'-1\+1,4,bool,invalid-bool,/);

    const again = await load(table, 'unmended-rejects.csv', csv);
    // Cells that were missing were added, so that row is whole now.
    expect(again).toMatchObject({ rowsRead: 5, rowsAccepted: 1, rowsRejected: 4 });
    expect((await readRejectsCsv(again.id)).fileName).toBe('unmended-rejects.csv');

    const mended = csv
      .replace('c2,1.0,', 'c2,1,')
      .replace('c3,3,yes,', 'c3,3,true,')
      .replace('\n,4,true,nobody', '\nc4,4,true,nobody')
      .replace('\nc5,5,,', '\nc5,5,true,')
      .replace('c7,9223372036854775808,no,', 'c7,9223372036854775807,false,');
    expect(await load(table, 'mended.csv', mended)).toMatchObject({
      state: 'completed',
      rowsAccepted: 5,
    });
    expect(await valuesOf(table.id, 'c2')).toMatchObject({ string: 'a, "b"' });
    expect(await valuesOf(table.id, 'c3')).toMatchObject({ string: '-1+1', bool: 'true' });
    expect(await valuesOf(table.id, 'c4')).toMatchObject({ long: '4' });
    expect(await valuesOf(table.id, 'c7')).toMatchObject({ long: '9223372036854775807' });
  });

  test('of a tab-separated file come as a CSV too', async () => {
    const table = await makeTable();
    const upload = await load(table, 'customers.tsv', 'customerId\tlong\tstring\nc1\tx\ta,b\n');
    const { csv } = await readRejectsCsv(upload.id);
    expect(csv.split('\n')[1]).toMatch(/^c1,x,"a,b",2,long,invalid-long,/);
  });
});

test('what was accepted and looks odd is a warning', async () => {
  const table = await makeTable();
  const upload = await load(table, 'a.csv', 'customerId,epoch\nc1,1651676123000\nc2,1651676123\n');
  expect(upload.warnings).toMatchObject([
    { code: 'epoch-looks-like-milliseconds', column: 'epoch', count: 1 },
  ]);
  expect(upload.warnings[0]?.message).toMatch(/milliseconds/);
});

test('the same bytes again are a new upload that says so', async () => {
  const table = await makeTable();
  const first = await load(table, 'a.csv', 'customerId,long\nc1,5\n');
  const second = await load(table, 'b.csv', 'customerId,long\nc1,5\n');
  expect(second.sequence).toBe(first.sequence + 1);
  expect(second.sameContentAs).toMatchObject({ id: first.id, fileName: 'a.csv' });
  expect(second).toMatchObject({ rowsAccepted: 1, rowsChanged: 0 });
});

describe('a failed upload', () => {
  test('names its cause, and is read in again once that is mended', async () => {
    const table = await makeTable();
    const failed = await load(table, 'a.csv', 'customerId,long,score\nc1,5,7\n');
    expect(failed).toMatchObject({
      state: 'failed',
      rowsRead: 0,
      error: { code: 'header-unknown-column' },
    });
    expect(failed.error?.message).toContain('score');
    expect(await valuesOf(table.id, 'c1')).toBeNull();
    await expect(writeRejectsCsv(ours.viewer, failed.id)).rejects.toMatchObject({
      code: 'not-found',
    });

    await load(table, 'b.csv', 'customerId,long\nc1,6\n');
    await createAttribute(
      ours.editor,
      table.id,
      createAttributeRequest.parse({ name: 'score', datatype: 'long' }),
    );
    const retried = await retryUpload(ours.editor, failed.id);
    expect(retried.id).not.toBe(failed.id);
    const done = await waitForEnd(ours.viewer, retried.id);
    expect(done).toMatchObject({
      state: 'completed',
      sequence: 3,
      key: failed.key,
      uploadedBy: ours.editor.name,
      rowsAccepted: 1,
    });
    // After the upload that came in between, because that is when it was applied.
    expect(await valuesOf(table.id, 'c1')).toEqual({ long: '5', score: '7' });
    expect(await getUpload(ours.viewer, failed.id)).toMatchObject({ state: 'failed' });
  });

  test('cannot be retried without its file, into an archived table, or when it did not fail', async () => {
    const table = await makeTable();
    const conflict = { code: 'conflict' };
    const done = await load(table, 'a.csv', 'customerId,long\nc1,5\n');
    await expect(retryUpload(ours.editor, done.id)).rejects.toMatchObject(conflict);
    const failed = await load(table, 'b.csv', 'customerId,nothing\nc1,5\n');
    await updateTable(ours.editor, table.id, { archived: true });
    await expect(retryUpload(ours.editor, failed.id)).rejects.toMatchObject(conflict);
    await updateTable(ours.editor, table.id, { archived: false });
    const { objectId } = await getDb().upload.findUniqueOrThrow({ where: { id: failed.id } });
    await getDb().storedObject.delete({ where: { id: objectId ?? '' } });
    await expect(retryUpload(ours.editor, failed.id)).rejects.toMatchObject(conflict);
  });
});

describe('cancelling', () => {
  test('a waiting upload lets those behind it go on', async () => {
    const table = await makeTable();
    await node.stopWorker();
    const first = await send(table, 'a.csv', 'customerId,long\nc1,1\n');
    const second = await send(table, 'b.csv', 'customerId,long\nc2,2\n');
    expect(await cancelUpload(ours.editor, first)).toMatchObject({
      state: 'cancelled',
      rowsRead: 0,
    });
    await node.startWorker();
    expect(await waitForEnd(ours.viewer, second)).toMatchObject({ state: 'completed' });
    expect(await valuesOf(table.id, 'c1')).toBeNull();
    const retried = await retryUpload(ours.editor, first);
    expect(await waitForEnd(ours.viewer, retried.id)).toMatchObject({ state: 'completed' });
    expect(await valuesOf(table.id, 'c1')).toEqual({ long: '1' });
  });

  test('an upload under way keeps what is stored, and its counts add up', async () => {
    const table = await makeTable();
    const rows = Array.from({ length: 400_000 }, (_, index) => `c${index},${index}`);
    const id = await send(table, 'big.csv', `customerId,long\n${rows.join('\n')}\n`);
    while ((await getUpload(ours.viewer, id)).state === 'queued') continue;
    await cancelUpload(ours.editor, id);
    // The next one starts when the worker has let go of the first.
    await load(table, 'next.csv', 'customerId,long\nlast,1\n');
    const cancelled = await getUpload(ours.viewer, id);
    expect(cancelled.state).toBe('cancelled');
    expect(cancelled.finishedAt).not.toBeNull();
    expect(cancelled.rowsAccepted + cancelled.rowsRejected).toBe(cancelled.rowsRead);
    expect(cancelled.rowsRead).toBeLessThanOrEqual(cancelled.rowsReached);
    expect(cancelled.rowsReached).toBeLessThanOrEqual(400_000);
  });

  test.each([
    ['beside its table stores nothing', 'first-load', true],
    ['into its table says that it does', 'merge', false],
  ])('an upload that goes %s', async (_name, way, storedAtEnd) => {
    const table = await makeTable();
    await node.stopWorker();
    const id = await send(table, 'a.csv', 'customerId,long\nc1,1\n');
    expect(await getUpload(ours.viewer, id)).toMatchObject({ storedAtEnd: false, rowsReached: 0 });
    const plan = { columns: [], delimiter: ',', lineEnd: '\n', emptyCells: 'keep', way };
    const live = { rowsRead: 700, rowsAccepted: 690, rowsRejected: 10 };
    await getDb().upload.update({
      where: { id },
      data: {
        state: 'processing',
        rowsRead: 500,
        rowsRejected: 500,
        checkpoint: { plan },
        progress: live,
      },
    });
    expect(await getUpload(ours.viewer, id)).toMatchObject({ storedAtEnd, rowsReached: 700 });
    expect(await cancelUpload(ours.editor, id)).toMatchObject({
      state: 'cancelled',
      rowsRead: 500,
      rowsReached: 700,
    });
    await node.startWorker();
  });

  test('comes too late once the upload has ended', async () => {
    const table = await makeTable();
    const done = await load(table, 'a.csv', 'customerId,long\nc1,5\n');
    await expect(cancelUpload(ours.editor, done.id)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('the history', () => {
  const list = (parameters: object, actor = ours.viewer) =>
    listUploads(actor, listUploadsParameters.parse(parameters));

  test('is searched and filtered, the latest first', async () => {
    const table = await makeTable();
    const tableId = String(table.id);
    const done = await load(table, 'march/50%_off.csv', 'customerId,long\nc1,5\n');
    const failed = await load(table, 'april.csv', 'customerId,nothing\nc1,5\n');
    const ids = async (parameters: object) =>
      (await list({ tableId, ...parameters })).items.map(({ id }) => id);
    expect(await ids({})).toEqual([failed.id, done.id]);
    expect(await ids({ state: 'failed' })).toEqual([failed.id]);
    expect(await ids({ source: 'browser' })).toEqual([]);
    expect(await ids({ source: 's3', search: 'APRIL' })).toEqual([failed.id]);
    expect(await ids({ search: '%_' })).toEqual([done.id]);
    expect(await ids({ search: 'march/' })).toEqual([done.id]);
    expect(await ids({ search: done.uploadedBy })).toHaveLength(2);
    const retried = await retryUpload(ours.editor, failed.id);
    expect(await ids({ search: ours.editor.name.toUpperCase() })).toEqual([retried.id]);
    await waitForEnd(ours.viewer, retried.id);
    await getDb().upload.delete({ where: { id: retried.id } });
    expect(await ids({ perPage: '1', page: '2' })).toEqual([done.id]);
    const page = await list({ tableId, perPage: '1' });
    expect(page.total).toBe(2);
    const all = await list({ search: table.table.name });
    expect(all.items.map(({ tableName }) => tableName)).toContain(table.table.name);
  });

  test('is nobody else’s', async () => {
    const table = await makeTable();
    const { id } = await load(table, 'a.csv', 'customerId,nothing\nc1,5\n');
    const missing = { code: 'not-found' };
    const stranger = theirs.administrator;
    expect((await list({ tableId: String(table.id) }, stranger)).total).toBe(0);
    await expect(getUpload(stranger, id)).rejects.toMatchObject(missing);
    await expect(listRejects(stranger, id, { page: 1, perPage: 9 })).rejects.toMatchObject(missing);
    await expect(writeRejectsCsv(stranger, id)).rejects.toMatchObject(missing);
    await expect(cancelUpload(stranger, id)).rejects.toMatchObject(missing);
    await expect(retryUpload(stranger, id)).rejects.toMatchObject(missing);
    const parameters = listUploadsParameters.parse({});
    await expect(listUploadsOfTable(stranger, table.id, parameters)).rejects.toMatchObject(missing);
    await expect(
      lookUpProfile(stranger, { tableId: table.id, customerId: 'c1' }),
    ).rejects.toMatchObject(missing);
  });

  test('is changed by editors only', async () => {
    const table = await makeTable();
    const { id } = await load(table, 'a.csv', 'customerId,nothing\nc1,5\n');
    const forbidden = { code: 'forbidden' };
    await expect(cancelUpload(ours.viewer, id)).rejects.toMatchObject(forbidden);
    await expect(retryUpload(ours.viewer, id)).rejects.toMatchObject(forbidden);
  });
});
