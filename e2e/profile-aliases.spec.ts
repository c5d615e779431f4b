import { expect } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { test } from './support/integrator-test.ts';
import { signIn } from './support/sign-in.ts';

const attributes = [{ name: 'plan', datatype: 'string', format: null }] as const;

test('a profile is joined over tables by aliases, which are drawn, listed, added and removed', async ({
  product,
  integrator,
  page,
}) => {
  const crm = await integrator.createTable('Shop', attributes);
  const loyalty = await integrator.createTable('Loyalty cards', attributes);
  await integrator.writeProfile(crm, 'c-1', '{"plan":"gold"}');
  await integrator.writeProfile(loyalty, 'card-9', '{"plan":"silver"}');

  await signIn(page, product.url);
  await page.goto(`${product.url}/profiles?table=${crm.id}&customerId=c-1`);
  const card = page.getByRole('region', { name: 'Aliases' });
  await expect(card.getByRole('img')).toHaveCount(0);

  const dialog = page.getByRole('dialog', { name: 'Add alias' });
  await card.getByRole('button', { name: 'Add alias' }).click();
  await dialog.getByRole('textbox', { name: 'Optimizely user ID' }).fill('oeu1234.5678');
  await dialog.getByRole('button', { name: 'Add alias' }).click();
  await expect(
    card.getByRole('img', { name: 'Optimizely user oeu1234.5678: c-1 in Shop' }),
  ).toBeVisible();
  await card.getByRole('button', { name: 'Add alias' }).click();
  await dialog.getByRole('combobox', { name: 'Table' }).click();
  await page.getByRole('option', { name: 'Loyalty cards' }).click();
  await dialog.getByRole('textbox', { name: 'Customer ID' }).fill('card-9');
  await dialog.getByRole('button', { name: 'Add alias' }).click();
  const graph = card.getByRole('img', { name: /c-1 in Shop, card-9 in Loyalty cards$/ });
  await expect(graph).toBeVisible();
  await expect(card.getByRole('row', { name: /Loyalty cards/ })).toContainText('card-9');
  await expect(page.getByRole('region', { name: 'card-9' })).toContainText('silver');
  await expectAccessible(page);

  await card.getByRole('button', { name: 'Copy all as JSON' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(copied)).toMatchObject([
    { customerId: 'oeu1234.5678', data: {} },
    { customerId: 'c-1', data: { plan: 'gold' } },
    { customerId: 'card-9', data: { plan: 'silver' } },
  ]);
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(graph).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.setViewportSize({ width: 1280, height: 860 });

  await card.getByRole('button', { name: 'Remove the alias in Loyalty cards' }).click();
  await page.getByRole('button', { name: 'Remove alias' }).click();
  await expect(graph).toHaveCount(0);
  await expect(card.getByRole('img', { name: /c-1 in Shop$/ })).toBeVisible();
});
