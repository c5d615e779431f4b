import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { OpenDcp, OpenDcpError } from 'opendcp/client';
import { expect } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { startProduct, type Product } from './support/product.ts';
import { administrator, signIn } from './support/sign-in.ts';
import { test } from './support/watched-test.ts';

let product: Product;
test.beforeAll(async () => {
  product = await startProduct({
    ...administrator,
    SERVICES_PER_ACCOUNT: '2',
  });
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

function clientOf(token: string): OpenDcp {
  return new OpenDcp({ url: product.url, profileUrl: product.profileUrl, token });
}

async function firstService(dcp: OpenDcp): Promise<number> {
  return (await dcp.services.list())[0]?.id ?? 0;
}

/** A table with one customer. */
async function makeTable(dcp: OpenDcp, { service, name }: { service: number; name: string }) {
  const { id: table } = await dcp.tables.create(service, {
    name,
    keyfield_locator_type: 'cookie',
    keyfield_locator_name: 'id',
  });
  await dcp.attributes.create(table, { name: 'points', datatype: 'long' });
  const row = { service, table, customerId: 'c-1001' };
  await dcp.profiles.set(row, { points: 2n ** 60n });
  return row;
}

test('a token is made, copied, used by programs on both ports, tried in the reference, and revoked', async ({
  page,
}) => {
  await signIn(page, product.url);
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

  const dcp = clientOf(token);
  const { service, table } = await makeTable(dcp, {
    service: await firstService(dcp),
    name: 'CRM',
  });
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
    expect(await curl(`${origin}${profile}`, token)).toBe('403');
  }
});

test('a token has the rights, the service and the time that were chosen for it, and no more', async ({
  page,
}) => {
  const all = clientOf(administrator.ADMIN_TOKEN);
  const foreign = await makeTable(all, { service: await firstService(all), name: 'Loyalty' });
  const second = await all.services.create({ name: 'Second brand' });
  const own = await makeTable(all, { service: second.id, name: 'CRM' });

  await signIn(page, product.url);
  await page.goto(`${product.url}/settings/tokens`);
  await page.getByRole('button', { name: 'Create token' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Dashboard of the second brand');
  for (const right of ['Write configuration', 'Write profiles', 'Read secrets']) {
    await dialog.getByRole('checkbox', { name: right }).uncheck();
  }
  await dialog.getByRole('combobox', { name: 'Expires' }).click();
  await page.getByRole('option', { name: 'In 30 days' }).click();
  await dialog.getByRole('combobox', { name: 'Service' }).click();
  await page.getByRole('option', { name: 'Second brand' }).click();
  await dialog.getByRole('button', { name: 'Create token' }).click();
  await dialog.getByRole('button', { name: 'Copy token' }).click();
  const token = await page.evaluate(() => navigator.clipboard.readText());
  await dialog.getByRole('button', { name: 'Done' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Dashboard of the second brand' });
  await expect(row).toContainText('Read configuration, read profiles');
  await expect(row).toContainText('Second brand');
  const expiresAt = await row.getByRole('time').last().getAttribute('datetime');
  const days = (Date.parse(expiresAt ?? '') - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(29);
  expect(days).toBeLessThanOrEqual(30);

  const dcp = clientOf(token);
  expect((await dcp.services.list()).map(({ id }) => id)).toEqual([second.id]);
  expect(await dcp.tables.get(own.table)).toMatchObject({ aws_secret_key: null });
  expect((await dcp.profiles.get(own)).data).toEqual({ points: String(2n ** 60n) });
  const refusals = [
    {
      right: 'write-configuration',
      call: () => dcp.tables.update(own.table, { name: 'Mine' }),
    },
    { right: 'write-profiles', call: () => dcp.profiles.set(own, { points: 1 }) },
  ];
  for (const { right, call } of refusals) {
    const error: unknown = await call().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OpenDcpError);
    expect(error).toMatchObject({
      status: 403,
      code: 'missing-scope',
      message: `This token does not have the right "${right}". Make one that has, under Settings > API tokens.`,
    });
  }
  const { service, table, customerId } = foreign;
  for (const origin of [product.url, product.profileUrl]) {
    const address = `${origin}/api/customer_profile/${service}/${table}/${customerId}`;
    expect(await curl(address, token)).toBe('404');
  }
  expect(await curl(`${product.url}/experiment/v1/dcp_datasources/${table}`, token)).toBe('404');
  expect((await all.profiles.get(own)).data).toEqual({ points: String(2n ** 60n) });
});
