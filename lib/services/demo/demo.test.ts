import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { listUploadsParameters, type UploadSummary } from '#lib/contracts/uploads.ts';
import { datatypes } from '#lib/core/datatypes/types.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode, waitForEnd } from '#lib/testing/test-node.ts';
import { getTable } from '../tables/get-table.ts';
import { listUploadsOfTable } from '../uploads/list-uploads.ts';
import { crm } from './crm.ts';
import { streamDemoFile } from './demo-file.ts';
import type { DemoFile } from './demo-table.ts';
import { startDemo } from './start-demo.ts';
import { webBehaviour } from './web-behaviour.ts';

useTestDatabase();
const node = useTestNode();

let account: TestAccount;

beforeAll(async () => {
  account = await createTestAccount();
});

async function digest(file: DemoFile): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of streamDemoFile(file) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}

async function loadAll(tableId: number): Promise<UploadSummary[]> {
  const { items } = await listUploadsOfTable(
    account.viewer,
    tableId,
    listUploadsParameters.parse({}),
  );
  return Promise.all(items.reverse().map(({ id }) => waitForEnd(account.viewer, id)));
}

test('its files are the same every time', async () => {
  for (const file of [...crm.files, ...webBehaviour.files]) {
    expect(await digest(file)).toBe(await digest(file));
  }
});

test('it fills two tables through the S3 endpoint, with attributes of every datatype', async () => {
  const demo = await startDemo(account.editor, node.s3Url());
  expect(demo.tables.map(({ name }) => name)).toEqual(['CRM', 'Web behaviour']);
  await demo.sent;
  for (const { id } of demo.tables) {
    const uploads = await loadAll(id);
    const [first] = uploads;
    expect(first).toMatchObject({
      source: 's3',
      state: 'completed_with_errors',
      rowsRead: 100_000,
    });
    expect(first?.rowsRejected).toBeGreaterThan(100);
    expect(first?.rowsRejected).toBeLessThan(1_000);
    const table = await getTable(account.viewer, id);
    const created = uploads.reduce((total, { rowsCreated }) => total + rowsCreated, 0);
    expect(table.rowCount).toBe(created);
    expect(new Set(table.attributes.map(({ datatype }) => datatype))).toEqual(new Set(datatypes));
  }
  const [crmTable] = demo.tables;
  const [, update] = await loadAll(crmTable?.id ?? 0);
  expect(update).toMatchObject({ rowsRead: 4_000 });
  expect(update?.rowsChanged).toBeGreaterThan(3_000);
});

test('a second one gets tables of its own; viewers get none', async () => {
  const demo = await startDemo(account.editor, node.s3Url());
  expect(demo.tables.map(({ name }) => name)).toEqual(['CRM 2', 'Web behaviour 2']);
  await demo.sent;
  await expect(startDemo(account.viewer, node.s3Url())).rejects.toMatchObject({
    code: 'forbidden',
  });
});
