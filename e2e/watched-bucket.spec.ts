import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { bucket, type Table } from './support/integrator.ts';
import { test } from './support/integrator-test.ts';
import { signIn } from './support/sign-in.ts';

const attributes = [{ name: 'plan', datatype: 'string', format: null }] as const;

test('a bucket is tried, watched, loaded from, paused and left', async ({
  product,
  integrator,
  page,
}) => {
  // Another table's part of the endpoint serves as the bucket of somebody else.
  const remote = await integrator.createTable('Exports', attributes);
  const table = await integrator.createTable('Loyalty', attributes);
  const client = new S3Client({
    endpoint: product.s3Url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: {
      accessKeyId: remote.aws_access_key,
      secretAccessKey: remote.aws_secret_key,
    },
  });
  const put = (from: Table, name: string, Body: string) =>
    client.send(new PutObjectCommand({ Bucket: bucket, Key: `${from.s3_path}/${name}`, Body }));
  await put(remote, 'monday.csv', 'customerId,plan\nc1,gold\n');

  await signIn(page, product.url);
  await page.goto(`${product.url}/attributes/${table.id}/upload`);
  const card = page.getByRole('region', { name: 'Watched bucket' });
  await card.getByRole('button', { name: 'Watch a bucket' }).click();
  const dialog = page.getByRole('dialog', { name: 'Watch a bucket' });
  await dialog.getByLabel('Endpoint').fill(product.s3Url);
  await dialog.getByLabel('Bucket').fill(bucket);
  await dialog.getByLabel('Prefix').fill(`/${remote.s3_path}/`);
  await dialog.getByLabel('Access key ID').fill(remote.aws_access_key);
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  await expect(dialog.getByText('Enter the secret access key.')).toBeVisible();
  await dialog.getByLabel('Secret access key').fill('wrong');
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  await expect(dialog.getByText('The secret access key is not the one')).toBeVisible();
  await dialog.getByLabel('Secret access key').fill(remote.aws_secret_key);
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  await expect(dialog.getByText('There is 1 file, and it can be read.')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Watch bucket' }).click();
  await expect(dialog).toBeHidden();

  await expect(card.getByText('Watching', { exact: true })).toBeVisible();
  await expect.poll(() => integrator.uploads(table), { timeout: 60_000 }).toHaveLength(1);
  expect(await integrator.endedUpload(table)).toMatchObject({
    key: `${table.s3_path}/monday.csv`,
    source: 'bucket',
    state: 'completed',
    rows_accepted: 1,
  });
  await put(remote, 'tuesday.csv', 'customerId,plan\nc2,silver\n');
  await card.getByRole('button', { name: 'Look now' }).click();
  await expect.poll(() => integrator.uploads(table), { timeout: 60_000 }).toHaveLength(2);
  await expectAccessible(page);

  await card.getByRole('button', { name: 'Pause' }).click();
  await expect(card.getByText('Paused', { exact: true })).toBeVisible();
  await card.getByRole('button', { name: 'Edit' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit the watched bucket' });
  await edit.getByRole('combobox', { name: 'Look for files' }).click();
  await page.getByRole('option', { name: 'Every hour' }).click();
  await edit.getByRole('button', { name: 'Save changes' }).click();
  await expect(card.getByText('Every hour')).toBeVisible();

  await card.getByRole('button', { name: 'Stop watching' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stop watching' }).click();
  await expect(card.getByRole('button', { name: 'Watch a bucket' })).toBeVisible();
  client.destroy();
});
