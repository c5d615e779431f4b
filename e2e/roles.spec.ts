import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { startProduct, type Product } from './support/product.ts';
import { administrator, signIn } from './support/sign-in.ts';
import { test } from './support/watched-test.ts';

let product: Product;
test.beforeAll(async () => {
  product = await startProduct(administrator);
});
test.afterAll(async () => {
  await product.stop();
  await product.remove();
});

/** The status of a call with the page's own session, as a script in that page could make it. */
async function statusOf(page: Page, method: string, path: string, body?: object): Promise<number> {
  return page.evaluate(
    async ({ method, path, body }) => {
      const response = await fetch(path, {
        method,
        ...(body
          ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
          : {}),
      });
      return response.status;
    },
    { method, path, body },
  );
}

test('with sample data, an invited viewer sees everything and changes nothing; sessions outlive a restart', async ({
  page,
  browser,
}) => {
  await signIn(page, product.url);
  await page.getByRole('button', { name: 'Load sample data' }).click();
  const tables = page.getByRole('table');
  for (const name of ['CRM', 'Web behaviour']) {
    const row = tables
      .getByRole('row')
      .filter({ has: page.getByRole('link', { name, exact: true }) });
    await expect(row).toContainText('Completed', { timeout: 60_000 });
  }
  await expectAccessible(page);

  await page.goto(`${product.url}/settings/members`);
  await page.getByRole('button', { name: 'Invite member' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Email' }).fill('grace@example.com');
  await dialog.getByRole('radio', { name: 'Viewer' }).click();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Create invitation link' }).click();
  const link = await dialog.getByText(/\/setup\?secret=/).innerText();

  const context = await browser.newContext();
  const viewer = await context.newPage();
  await viewer.goto(link);
  await expect(viewer.getByRole('textbox', { name: 'Email' })).toHaveValue('grace@example.com');
  await viewer.getByRole('textbox', { name: 'Name' }).fill('Grace Hopper');
  await viewer.getByLabel('Password', { exact: true }).fill('a few random words');
  await viewer.getByRole('button', { name: 'Create account' }).click();
  await viewer.waitForURL(`${product.url}/attributes`);
  await expect(viewer.getByText('You are a viewer')).toBeVisible();
  await expect(viewer.getByRole('button', { name: 'Create table' })).toBeDisabled();
  await expectAccessible(viewer);

  const firstTable = viewer.getByRole('table').getByRole('link').first();
  const tablePath = (await firstTable.getAttribute('href')) ?? '';
  const tableId = Number(tablePath.split('/').at(-1));
  await viewer.goto(`${product.url}${tablePath}/upload`);
  await expect(viewer.getByRole('button', { name: 'Reveal AWS Secret Key' })).toBeDisabled();
  await expectAccessible(viewer);

  const audience = { name: 'Everybody', description: null, conditions: '[]', layout: null };
  expect(await statusOf(page, 'POST', '/api/audiences', audience)).toBe(201);
  await viewer.goto(`${product.url}/audiences`);
  await viewer.getByRole('link', { name: 'Everybody' }).click();
  await viewer.getByRole('link', { name: 'Explore' }).click();
  await expect(viewer.getByText('You can try things out here')).toBeVisible();
  await expect(viewer.getByRole('button', { name: 'Save' })).toBeDisabled();
  await expectAccessible(viewer);

  // The buttons are only manners: the services refuse.
  const table = `/api/tables/${tableId}`;
  const refused = await Promise.all([
    statusOf(viewer, 'POST', '/api/tables', { name: 'X', keyKind: 'cookie', keyName: 'id' }),
    statusOf(viewer, 'PATCH', table, { name: 'X' }),
    statusOf(viewer, 'DELETE', table, { confirmName: 'X' }),
    statusOf(viewer, 'POST', `${table}/attributes`, { name: 'a', datatype: 'string' }),
    statusOf(viewer, 'POST', `${table}/credentials/rotate`, { overlapHours: 1 }),
    statusOf(viewer, 'POST', '/api/members/invitations', { email: 'x@y.org', role: 'viewer' }),
    statusOf(viewer, 'POST', '/api/demo', {}),
    statusOf(viewer, 'POST', '/api/audiences', audience),
  ]);
  expect(refused).toEqual(refused.map(() => 403));
  expect(await statusOf(viewer, 'GET', table)).toBe(200);
  await context.close();

  // A page that stays open would report the server that is away.
  await page.goto('about:blank');
  await product.stop();
  product = await startProduct(product.environment);
  await page.goto(`${product.url}/settings/members`);
  await expect(page.getByText('grace@example.com').first()).toBeVisible();
});
