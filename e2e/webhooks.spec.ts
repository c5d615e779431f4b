import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from '@playwright/test';
import { startWebhookReceiver } from '#lib/testing/webhook-receiver.ts';
import { Webhook as Verifier } from 'standardwebhooks';
import { expectAccessible } from './support/accessible.ts';
import { bucket } from './support/integrator.ts';
import { test } from './support/integrator-test.ts';
import { signIn } from './support/sign-in.ts';

test('a receiver is added, tried, told of an upload, paused when it is gone, and left', async ({
  product,
  integrator,
  page,
}) => {
  await using receiver = await startWebhookReceiver();
  const table = await integrator.createTable('Announced', [
    { name: 'plan', datatype: 'string', format: null },
  ]);
  await signIn(page, product.url);
  await page.getByRole('link', { name: 'Webhooks' }).click();
  await page.getByRole('region', { name: 'Webhooks' }).getByRole('button').click();
  const dialog = page.getByRole('dialog', { name: 'Add webhook' });
  await dialog.getByLabel('Address').fill('example.com/hooks');
  await dialog.getByRole('button', { name: 'Add webhook' }).click();
  await expect(dialog.getByText('Enter an address such as')).toBeVisible();
  await dialog.getByLabel('Address').fill(receiver.url);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Add webhook' }).click();
  const shown = page.getByRole('dialog', { name: 'The signing secret' });
  const secret = await shown.getByText(/^whsec_/).innerText();
  await expectAccessible(page);
  await shown.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('link', { name: receiver.url }).click();
  await expect(page.getByText('Nothing was sent yet')).toBeVisible();
  await page.getByRole('button', { name: 'Send test event' }).click();
  const deliveries = page.getByRole('table', { name: 'Deliveries' });
  const delivery = (event: string) => deliveries.getByRole('row').filter({ hasText: event });
  await expect(delivery('Test')).toContainText('Delivered', { timeout: 30_000 });
  await expect(delivery('Test')).toContainText('204');

  receiver.answer(410);
  const client = new S3Client({
    endpoint: product.s3Url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: table.aws_access_key, secretAccessKey: table.aws_secret_key },
  });
  const Key = `${table.s3_path}/plans.csv`;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'customerId,plan\nc1,a\n' }));
  client.destroy();
  await expect(delivery('Completed')).toContainText('Given up', { timeout: 60_000 });
  await expect(delivery('Completed')).toContainText('410');
  const told = receiver.received.at(-1);
  const headers = Object.fromEntries(
    Object.entries(told?.headers ?? {}).map(([name, value]) => [name, String(value)]),
  );
  expect(new Verifier(secret).verify(told?.body ?? '', headers)).toMatchObject({
    type: 'upload.completed',
    data: { upload: { file_name: 'plans.csv', rows_accepted: 1 }, table: { name: 'Announced' } },
  });
  await expect(page.getByText('This webhook was paused')).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);

  receiver.answer(200);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Resume' }).click();
  await delivery('Completed').getByRole('button', { name: 'Actions for' }).click();
  await page.getByRole('menuitem', { name: 'Send again' }).click();
  await expect(delivery('plans.csv').first()).toContainText('Delivered', { timeout: 30_000 });

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Rotate signing secret' }).click();
  await page.getByRole('button', { name: 'Rotate secret' }).click();
  await expect(page.getByText(/^whsec_/)).not.toHaveText(secret);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('Previous secret signs until')).toBeVisible();

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete webhook' }).click();
  await expect(page.getByText('No webhooks yet')).toBeVisible();
});
