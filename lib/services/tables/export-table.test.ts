import { text } from 'node:stream/consumers';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, expect, test } from 'vitest';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { listAliasedUsers } from '#lib/store/alias-columns.ts';
import { parseJsonExact } from '#lib/core/datatypes/exact-number.ts';
import { setCustomerProfiles } from '#lib/services/profiles/batches.ts';
import { withFacts } from '../facts/with-facts.ts';
import { setCustomerProfile } from '#lib/services/profiles.ts';
import { getAliases, setAliases } from '#lib/services/aliases/aliases.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode, waitForEnd } from '#lib/testing/test-node.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import { exportTable } from './export-table.ts';

useTestDatabase();
const node = useTestNode();

let ours: TestAccount;
let hub: number;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  const builtIn = await getDb().table.findFirstOrThrow({ where: { isOptimizely: true } });
  hub = builtIn.id;
});

async function upload(tableId: number, body: string) {
  const { serviceId } = ours;
  const client = await node.connect(tableId);
  const Key = `dcp/${serviceId}/${tableId}/file.csv`;
  await client.send(new PutObjectCommand({ Bucket: 'optimizely-import', Key, Body: body }));
  const { id } = await getDb().upload.findFirstOrThrow({
    where: { tableId },
    orderBy: { id: 'desc' },
  });
  return waitForEnd(ours.viewer, id);
}

async function exported(tableId: number, format: 'csv' | 'ndjson') {
  const { body } = await exportTable(ours.viewer, { tableId, format });
  const [header, ...rows] = (await text(body)).split('\n');
  return { header, rows: rows.filter((row) => row !== '').toSorted() };
}

/** Every datatype at its edges, texts that files have trouble with, and rows with next to nothing. */
const rows: readonly (readonly [string, string])[] = [
  ['plain', '{"string":"x","bool":true,"long":5,"double":1.5,"date":"2024-02-29"}'],
  ['largest', '{"long":9223372036854775807,"double":1.7976931348623157e308,"bool":false}'],
  ['smallest', '{"long":-9223372036854775807,"double":5e-324}'],
  ['exact', '{"long":9007199254740993,"double":0.1,"epoch":9007199254740993}'],
  ['minus zero', '{"double":"-0"}'],
  ['times', '{"datetime":"1999-01-01T00:00:00","epoch":1651676123,"date":"0001-01-01"}'],
  ['empty text', '{"string":""}'],
  ['nothing', '{}'],
  [' blanks ', '{"string":"  "}'],
  ['quotes "and" commas, too', String.raw`{"string":"a \"b\", c\r\nd\te\\f"}`],
  ['NULL', String.raw`{"string":"\\N"}`],
  ['formula', '{"string":"=1+1"}'],
  ['😀 and \u0001', String.raw`{"string":"\u0001\u0002\u007f ß 😀"}`],
];

test('every datatype comes back as it was, by CSV and by NDJSON', async () => {
  const source = await createTestTable(ours.editor);
  const { serviceId } = ours;
  for (const [customerId, data] of rows) {
    const customer = { serviceId, tableId: source.id, customerId };
    const write = { customer, body: parseJsonExact(`{"data":${data}}`) };
    await withFacts((facts) => setCustomerProfile(ours.editor, write, facts));
  }
  const csv = await exported(source.id, 'csv');
  const ndjson = await exported(source.id, 'ndjson');
  expect(csv.header).toBe('customerId,string,bool,long,double,date,datetime,epoch');
  const lines = [ndjson.header, ...ndjson.rows].join('\n');
  expect(lines.split('\n')).toHaveLength(rows.length);
  expect(lines).toContain('{"customerId":"nothing","data":{}}');
  expect(lines).toContain('{"customerId":"exact","data":{"long":"9007199254740993","double":0.1,');

  const byFile = await createTestTable(ours.editor);
  const { body } = await exportTable(ours.viewer, { tableId: source.id, format: 'csv' });
  expect(await upload(byFile.id, await text(body))).toMatchObject({
    state: 'completed',
    rowsAccepted: rows.length,
  });
  expect((await exported(byFile.id, 'csv')).rows).toEqual(csv.rows);

  const byRows = await createTestTable(ours.editor);
  const profiles = parseJsonExact(`[${lines.split('\n').join(',')}]`);
  const reference = { serviceId, tableId: byRows.id };
  const verdicts = await setCustomerProfiles(ours.editor, reference, { profiles });
  expect(verdicts.filter(({ error }) => error !== null)).toEqual([]);
  expect((await exported(byRows.id, 'csv')).rows).toEqual(csv.rows);
});

test('aliases are uploaded to the built-in table, and exported from it', async () => {
  const table = await createTestTable(ours.editor, []);
  const user = (customerId: string) => ({ serviceId: ours.serviceId, tableId: hub, customerId });
  await setAliases(ours.editor, user('before'), { data: { [table.id]: 'a' } });
  const file = `customerId,alias:${table.id}\nu1,c1\nu2,"c,2"\nu3,\nbefore,b\n`;
  expect(await upload(hub, file)).toMatchObject({ state: 'completed', rowsAccepted: 4 });
  const aliasOf = async (customerId: string) =>
    (await getAliases(ours.viewer, user(customerId))).aliases.get(table.id) ?? null;
  expect(await Promise.all(['u1', 'u2', 'u3', 'before'].map(aliasOf))).toEqual([
    'c1',
    'c,2',
    null,
    'b',
  ]);
  const { body } = await exportTable(ours.viewer, { tableId: hub, format: 'csv' });
  const csv = await text(body);
  expect(csv.split('\n')[0]).toContain(`,alias:${table.id}`);
  expect(csv).toContain('"u2"');

  // An empty text removes an alias, and the whole export brings it back.
  await upload(hub, `customerId,alias:${table.id}\nu1,""\n`);
  expect(await aliasOf('u1')).toBeNull();
  await upload(hub, csv);
  expect(await aliasOf('u1')).toBe('c1');
});

test('a header that names an unknown alias says so', async () => {
  const { error } = await upload(hub, 'customerId,alias:999999\nu1,c1\n');
  expect(error?.message).toContain('alias:999999');
});

test('a first load of the built-in table keeps the index that finds users by customer', async () => {
  const theirs = await createTestAccount('Theirs');
  const table = await createTestTable(theirs.editor, []);
  const alias = await getDb().attribute.findUniqueOrThrow({ where: { aliasTableId: table.id } });
  const client = await node.connect(alias.tableId);
  const Key = `dcp/${theirs.serviceId}/${alias.tableId}/aliases.csv`;
  const Body = `customerId,alias:${table.id}\nu2,c\nu1,c\n`;
  await client.send(new PutObjectCommand({ Bucket: 'optimizely-import', Key, Body }));
  const { id } = await getDb().upload.findFirstOrThrow({ where: { tableId: alias.tableId } });
  expect(await waitForEnd(theirs.viewer, id)).toMatchObject({ state: 'completed' });
  const column = { tableId: alias.tableId, attributeId: alias.id };
  const users = await listAliasedUsers(getPool(), { ...column, customerId: 'c', limit: 10 });
  expect(users).toEqual(['u1', 'u2']);
  const { rows } = await getPool().query<{ indexdef: string }>(
    `SELECT indexdef FROM pg_indexes WHERE schemaname = 'profiles' AND tablename = $1`,
    [`t_${alias.tableId}`],
  );
  expect(rows.map(({ indexdef }) => indexdef).join()).toContain(`USING hash (a_${alias.id})`);
});

test('readers who do not read on hold nobody else up', async () => {
  const table = await createTestTable(ours.editor);
  const readers = await Promise.all(
    Array.from({ length: 20 }, () =>
      exportTable(ours.viewer, { tableId: table.id, format: 'csv' }),
    ),
  );
  const bodies = readers.map(({ body }) => body[Symbol.asyncIterator]());
  // The header needs no session, what follows does.
  for (const body of bodies) await body.next();
  const waiting = bodies.map((body) => body.next());
  await waiting[0];
  expect(await getDb().table.count()).toBeGreaterThan(0);
  expect((await getPool().query('SELECT 1')).rowCount).toBe(1);
  const ends = bodies.map(async (body) => {
    await body.return?.();
  });
  await Promise.all(ends);
  await Promise.all(waiting);
});
