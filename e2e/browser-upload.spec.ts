import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { dropFromDisk } from './support/drop-file.ts';
import { bucket, Integrator, type Table } from './support/integrator.ts';
import { freshEnvironment, startProduct, type Product } from './support/product.ts';
import { rolePid } from './support/role-process.ts';
import { credentialsOf } from './support/s3-clients.ts';
import { StallingLine } from './support/stalling-line.ts';
import { administrator, signIn } from './support/sign-in.ts';
import { test } from './support/watched-test.ts';
import { Workplace } from './support/workplace.ts';

const megabyte = 1_000_000;
/** What four parts under way hold; of more, the rest has arrived for good. */
const underWay = 4 * 8 * 1024 ** 2;

let line: StallingLine;
let product: Product;
let integrator: Integrator;
let workplace: Workplace;
let table: Table;

test.beforeAll(async () => {
  const environment = await freshEnvironment();
  line = await StallingLine.open(new URL(`http://127.0.0.1:${environment['S3_PORT']}`), Infinity);
  product = await startProduct({ ...environment, ...administrator, PUBLIC_S3_URL: line.url });
  integrator = new Integrator(product, administrator.ADMIN_TOKEN);
  workplace = await Workplace.create();
  table = await integrator.createTable('CRM', [
    { name: 'story', datatype: 'string', format: null },
  ]);
});
test.afterAll(async () => {
  line.release();
  await product.stop();
  await line.close();
  await Promise.all([product.remove(), workplace.remove()]);
});

/** Writes customers with long stories until the file has about that size; gives its path and their number. */
async function writeFile(name: string, bytes: number) {
  const path = join(workplace.folder, name);
  const story = 'once upon a time '.repeat(60);
  const rows = Math.floor(bytes / (story.length + 12));
  function* content() {
    yield 'customerId,story\n';
    for (let row = 0; row < rows; row++) yield `${String(row).padStart(9, '0')},${story}${row}\n`;
  }
  await pipeline(Readable.from(content()), createWriteStream(path));
  return { path, rows, size: (await stat(path)).size };
}

async function hashOf(bytes: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function connect(): S3Client {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = credentialsOf(table);
  return new S3Client({
    endpoint: product.s3Url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  });
}

test('a file of a hundred megabytes arrives whole and once, whatever happens on the way', async ({
  page,
  watch,
}) => {
  watch.expectBrokenConnections();
  const { path, rows, size } = await writeFile('customers.csv', 96 * megabyte);
  const input = page.getByLabel('Drop CSV files');
  const files = page.getByRole('list', { name: 'Files' });
  const dock = page.getByRole('region', { name: 'File transfers' });
  const progress = page.getByRole('progressbar', { name: 'Transferring customers.csv' });
  await signIn(page, product.url);
  await page.goto(`${product.url}/attributes/${table.id}/upload`);

  await test.step('is paused', async () => {
    line.stallAfter(underWay + 16 * megabyte);
    await input.setInputFiles(path);
    await line.stalled;
    await expect(progress).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Pause customers.csv' }).click();
    await expect(files).toContainText(/Paused at (1[6-9]|[2-9]\d)(\.\d)? MB of 9\d/);
    await expect(page.getByRole('button', { name: 'Resume customers.csv' })).toBeFocused();
    await expectAccessible(page);
  });

  await test.step('goes on from another page, and when the endpoint is killed', async () => {
    await page.getByRole('link', { name: 'Upload History' }).first().click();
    await expect(dock).toContainText('Paused');
    await expectAccessible(page);
    line.stallAfter(6 * megabyte);
    await dock.getByRole('button', { name: 'Resume customers.csv' }).click();
    await line.stalled;
    const edge = await rolePid(product, 'edge');
    process.kill(edge, 'SIGKILL');
    await expect(dock).toContainText('Reconnecting');
    line.stallAfter(6 * megabyte);
    await line.stalled;
    await expect(dock).not.toContainText('Reconnecting');
    expect(await rolePid(product, 'edge')).not.toBe(edge);
    expect(await integrator.uploads(table)).toEqual([]);
  });

  await test.step('survives a reload, of which the browser warns', async () => {
    const warned = page.waitForEvent('dialog');
    const reloaded = page.reload();
    const dialog = await warned;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.accept();
    await reloaded;
    await expect(dock).toContainText('Interrupted');
    await dock.getByRole('link', { name: 'customers.csv' }).click();
    await expect(files).toContainText(/Interrupted at (1[6-9]|[2-9]\d)(\.\d)? MB of 9\d/);
    await expectAccessible(page);
  });

  await test.step('takes no other file for it, and sends only the rest', async () => {
    const other = await writeFile('other.csv', megabyte);
    await files.getByLabel('File customers.csv', { exact: true }).setInputFiles(other.path);
    await expect(files).toContainText('That is other.csv. Choose customers.csv.');
    line.release();
    const before = line.sentBytes;
    await files.getByLabel('File customers.csv', { exact: true }).setInputFiles(path);
    await expect(files.getByText('Completed', { exact: true })).toBeVisible();
    // The two parts that had arrived for good are not sent again; what else is sent is heads and small calls.
    expect(line.sentBytes - before).toBeLessThan(size - 8 * 1024 ** 2);
    await page.getByRole('button', { name: 'Remove customers.csv from this list' }).click();
  });

  await test.step('is there byte for byte, and was read in once', async () => {
    const upload = await integrator.endedUpload(table);
    expect(upload).toMatchObject({
      source: 'browser',
      state: 'completed',
      size_bytes: size,
      rows_accepted: rows,
    });
    expect(await integrator.uploads(table)).toEqual([upload]);
    const { Body } = await connect().send(
      new GetObjectCommand({ Bucket: bucket, Key: upload.key }),
    );
    if (!(Body instanceof Readable)) throw new Error('The object has no bytes.');
    expect(await hashOf(Body)).toBe(await hashOf(createReadStream(path)));
  });
});

test('two files go one after the other; one that is cancelled leaves nothing', async ({ page }) => {
  const [one, two] = [await writeFile('one.csv', 3 * megabyte), await writeFile('two.csv', 1000)];
  const files = page.getByRole('list', { name: 'Files' });
  const item = (name: string) => files.getByRole('listitem').filter({ hasText: name });
  await signIn(page, product.url);
  await page.goto(`${product.url}/attributes/${table.id}/upload`);
  const earlier = (await integrator.uploads(table)).length;

  line.stallAfter(megabyte);
  await page.getByLabel('Drop CSV files').setInputFiles([one.path, two.path]);
  await line.stalled;
  await expect(item('two.csv')).toContainText('Waiting for the files before it');
  await expectAccessible(page);
  line.release();
  await expect(item('one.csv').getByText('Completed', { exact: true })).toBeVisible();
  await expect(item('two.csv').getByText('Completed', { exact: true })).toBeVisible();
  const names = (await integrator.uploads(table)).map(({ key }) => key.split('/').at(-1));
  expect(names.slice(0, names.length - earlier)).toEqual(['two.csv', 'one.csv']);

  line.stallAfter(megabyte);
  const unwanted = await writeFile('unwanted.csv', 3 * megabyte);
  await page.getByLabel('Drop CSV files').setInputFiles(unwanted.path);
  await line.stalled;
  await page.getByRole('button', { name: 'Cancel unwanted.csv' }).click();
  await expect(item('unwanted.csv')).toContainText('Cancelled. Nothing of the file was stored.');
  line.release();
  const client = connect();
  const prefix = { Bucket: bucket, Prefix: `${table.s3_path}/` };
  const open = async () =>
    (await client.send(new ListMultipartUploadsCommand(prefix))).Uploads?.length ?? 0;
  await expect.poll(open).toBe(0);
  expect(await integrator.uploads(table)).toHaveLength(earlier + 2);
});

test('a dropped file goes on by itself after a reload, or after a press where the browser asks', async ({
  page,
}) => {
  const { path } = await writeFile('dropped.csv', 4 * megabyte);
  const files = page.getByRole('list', { name: 'Files' });
  page.on('dialog', (dialog) => void dialog.accept());
  await signIn(page, product.url);
  await page.goto(`${product.url}/attributes/${table.id}/upload`);

  line.stallAfter(megabyte);
  await dropFromDisk(page.getByLabel('Drop CSV files'), path);
  await line.stalled;
  line.stallAfter(megabyte);
  await page.reload();
  await line.stalled;

  // This browser has nobody to ask, and always allows it; those with a window ask after a restart.
  await page.addInitScript(() => {
    FileSystemFileHandle.prototype.queryPermission = () => Promise.resolve('prompt');
  });
  await page.reload();
  await expect(files).toContainText('Resume to send the rest.');
  await expectAccessible(page);
  line.release();
  await page.getByRole('button', { name: 'Resume dropped.csv' }).click();
  await expect(files.getByText('Completed', { exact: true })).toBeVisible();
});

test("files come out of the browser's own dialog, opened by keyboard", async ({ page }) => {
  const files = page.getByRole('list', { name: 'Files' });
  await page.addInitScript(() => {
    window.showOpenFilePicker = async () => {
      const folder = await navigator.storage.getDirectory();
      const handle = await folder.getFileHandle('picked.csv', { create: true });
      const content = await handle.createWritable();
      await content.write('customerId,story\nc-1,Once\n');
      await content.close();
      return [handle];
    };
  });
  await signIn(page, product.url);
  await page.goto(`${product.url}/attributes/${table.id}/upload`);
  // Before the page's code has arrived, the key opens the dialog that has no handles.
  await expect(async () => {
    await page.getByLabel('Drop CSV files').press('Enter');
    await expect(files).toContainText('picked.csv', { timeout: 2000 });
  }).toPass();
  await expect(files.getByText('Completed', { exact: true }).first()).toBeVisible();
});

test('a file chosen before the code of the page has arrived is not lost', async ({ page }) => {
  const { path } = await writeFile('early.csv', 1000);
  await signIn(page, product.url);
  const released = Promise.withResolvers<undefined>();
  await page.route('**/*.js', async (route) => {
    await released.promise;
    await route.continue();
  });
  await page.goto(`${product.url}/attributes/${table.id}/upload`, { waitUntil: 'commit' });
  await page.getByLabel('Drop CSV files').setInputFiles(path);
  released.resolve(undefined);
  const files = page.getByRole('list', { name: 'Files' });
  await expect(files).toContainText('early.csv');
  await expect(files.getByText('Completed', { exact: true })).toBeVisible();
});
