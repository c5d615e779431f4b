import { readFile } from 'node:fs/promises';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { expectAccessible } from './support/accessible.ts';
import { bucket } from './support/integrator.ts';
import { test } from './support/integrator-test.ts';
import { signIn } from './support/sign-in.ts';

const attributes = [{ name: 'plan', datatype: 'string', format: null }] as const;

test('a customer is exported and then erased, from their profile on', async ({
  product,
  integrator,
  page,
}) => {
  const table = await integrator.createTable('Privacy', attributes);
  const client = new S3Client({
    endpoint: product.s3Url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: table.aws_access_key, secretAccessKey: table.aws_secret_key },
  });
  const Key = `${table.s3_path}/customers.csv`;
  const Body = 'customerId,plan\nada,gold\nbob,silver\nada,\n';
  await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
  await integrator.endedUpload(table);

  await signIn(page, product.url);
  await page.goto(`${product.url}/settings/privacy`);
  await expect(page.getByText('No privacy requests yet')).toBeVisible();
  await expectAccessible(page);

  const profile = `${product.url}/profiles?table=${table.id}&customerId=ada`;
  const begin = async () => {
    await page.goto(profile);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Export or erase this customer' }).click();
    const dialog = page.getByRole('dialog', { name: 'New privacy request' });
    await expect(dialog.getByLabel('ID', { exact: true })).toHaveValue('ada');
    return dialog;
  };
  const exportDialog = await begin();
  await expectAccessible(page);
  await exportDialog.getByRole('button', { name: 'Search' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    page.getByRole('link', { name: /Download zip/ }).click({ timeout: 60_000 }),
  ]);
  const files = unzipSync(new Uint8Array(await readFile(await download.path())));
  const profiles = strFromU8(files['profiles.json'] ?? new Uint8Array());
  expect(profiles).toContain('"data":{"plan":"gold"}');
  expect(profiles).not.toContain('silver');

  const eraseDialog = await begin();
  await eraseDialog.getByRole('radio', { name: 'Erase' }).click();
  await eraseDialog.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByText('Nothing is erased yet')).toBeVisible({ timeout: 60_000 });
  const found = page.getByRole('region', { name: 'What was found' });
  await expect(found.getByRole('link', { name: 'customers.csv' })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.setViewportSize({ width: 1280, height: 860 });
  await page.getByRole('button', { name: 'Erase…' }).click();
  const confirm = page.getByRole('alertdialog', { name: 'Erase this customer' });
  await expect(confirm.getByRole('button', { name: 'Erase this customer' })).toBeDisabled();
  await confirm.getByRole('textbox').fill('ada');
  await expectAccessible(page);
  await confirm.getByRole('button', { name: 'Erase this customer' }).click();
  await expect(page.getByText('The customer is erased')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('ID no longer kept').first()).toBeVisible();

  await page.goto(profile);
  await expect(page.getByText('Customer not found.')).toBeAttached();
  await page.goto(`${product.url}/settings/privacy`);
  await expect(page.getByRole('row', { name: /Erasure/ })).toContainText('Completed');
  // The export went with the customer.
  await page.getByRole('link', { name: /Export/ }).click();
  await expect(page.getByText('The zip file is no longer kept.')).toBeVisible();
  await expectAccessible(page);
});
