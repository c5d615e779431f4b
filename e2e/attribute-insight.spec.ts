import { expect } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { loadCustomers } from './support/audience-data.ts';
import { test } from './support/integrator-test.ts';
import { signIn } from './support/sign-in.ts';

test('fill rates follow uploads by themselves; the values of an attribute open by keyboard', async ({
  page,
  product,
  integrator,
}) => {
  await signIn(page, product.url);
  const { crm } = await loadCustomers(page, { product, integrator }, 'insight');
  await page.goto(`${product.url}/attributes/${crm.id}`);
  const plan = page.getByRole('button', { name: 'Values of plan, 75% filled' });
  await expect(plan).toBeVisible({ timeout: 60_000 });

  await page.getByRole('button', { name: 'Values of orders, 100% filled' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Values of orders' });
  await expect(dialog.getByRole('definition').filter({ hasText: '100% of 4 rows' })).toBeVisible();
  await expect(dialog.getByText('From all rows')).toBeVisible();
  await dialog.getByText('Show as a table').press('Enter');
  await expect(dialog.getByRole('row')).toHaveCount(21);
  await expect(dialog.getByRole('link', { name: 'crm.csv' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await page.setViewportSize({ width: 360, height: 760 });
  await plan.press('Enter');
  await expect(page.getByText('No value was read five times or more.')).toBeVisible();
  await expectAccessible(page);
});
