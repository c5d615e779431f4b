import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { OpenDcp } from 'opendcp/client';
import { expect } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { startProduct, type Product } from './support/product.ts';
import { test } from './support/watched-test.ts';

const administrator = {
  ADMIN_EMAIL: 'ada@example.com',
  ADMIN_PASSWORD: 'correct-horse-battery',
};

let product: Product;
test.beforeAll(async () => {
  product = await startProduct(administrator);
});
test.afterAll(async () => {
  await product.stop();
  await product.remove();
});

/** Status of a call by curl, as the reference's example makes it. */
async function curl(url: string, token: string): Promise<string> {
  const command = `curl -sS -o /dev/null -w '%{http_code}' '${url}' -H "Token: $TOKEN"`;
  const { stdout } = await promisify(execFile)('sh', ['-c', command], {
    env: { ...process.env, TOKEN: token },
  });
  return stdout;
}

test('a token is made, copied, used by programs on both ports, tried in the reference, and revoked', async ({
  page,
}) => {
  await page.goto(product.url);
  await page.getByRole('textbox', { name: 'Email' }).fill(administrator.ADMIN_EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(administrator.ADMIN_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${product.url}/attributes`);

  await page.goto(`${product.url}/settings/tokens`);
  await page.getByRole('button', { name: 'Create token' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Nightly loader');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Create token' }).click();
  await dialog.getByRole('button', { name: 'Copy token' }).click();
  const token = await page.evaluate(() => navigator.clipboard.readText());
  expect(token).toMatch(/^[a-z0-9]{32}:\d+$/);
  await dialog.getByRole('button', { name: 'Done' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Nightly loader' });
  await expect(row).toContainText('Never');
  await expect(page.getByText(token)).toHaveCount(0);

  const dcp = new OpenDcp({ url: product.url, profileUrl: product.profileUrl, token });
  const service = (await dcp.services.list())[0]?.id ?? 0;
  const { id: table } = await dcp.tables.create(service, {
    name: 'CRM',
    keyfield_locator_type: 'cookie',
    keyfield_locator_name: 'id',
  });
  await dcp.attributes.create(table, { name: 'points', datatype: 'long' });
  await dcp.profiles.set({ service, table, customerId: 'c-1001' }, { points: 2n ** 60n });
  const profile = `/api/customer_profile/${service}/${table}/c-1001`;
  for (const origin of [product.url, product.profileUrl]) {
    expect(await curl(`${origin}${profile}`, token)).toBe('200');
    expect(await curl(`${origin}${profile}/`, token)).toBe('200');
  }
  expect(await curl(`${product.url}/experiment/v1/dcp_datasources/${table}/`, token)).toBe('200');

  await page.goto(`${product.url}/api-reference`);
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Read one row' }).click();
  await page.getByLabel('Token').fill(token);
  await page.getByRole('textbox', { name: 'table' }).fill(String(table));
  await page.getByRole('button', { name: 'Send GET' }).click();
  await expect(page.getByRole('region', { name: 'answer', exact: true })).toContainText(
    '"1152921504606846976"',
  );
  await page.getByRole('tab', { name: 'TypeScript' }).click();
  await expect(page.getByRole('region', { name: 'TypeScript example' })).toContainText(
    'dcp.profiles.get(',
  );
  await expectAccessible(page);

  await page.goto(`${product.url}/settings/tokens`);
  await expect(row).not.toContainText('Never');
  await row.getByRole('button', { name: /Nightly loader/ }).click();
  await page.getByRole('menuitem', { name: 'Revoke' }).click();
  await page.getByRole('button', { name: 'Revoke token' }).click();
  await expect(row).toHaveCount(0);
  for (const origin of [product.url, product.profileUrl]) {
    expect(await curl(`${origin}${profile}`, token)).toBe('401');
  }
});
