import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { attributeId, call, loadCustomers } from './support/audience-data.ts';
import { test } from './support/integrator-test.ts';
import { signIn } from './support/sign-in.ts';

const rules = (page: Page) => page.getByRole('group', { name: /^Rule:/ });

test('without a mouse: build, move, mute, undo, save; a draft survives a reload', async ({
  page,
  product,
  integrator,
}) => {
  await signIn(page, product.url);
  await loadCustomers(page, { product, integrator }, 'two');
  await page.goto(`${product.url}/audiences/new`);
  const press = (...keys: string[]) =>
    keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve());

  await page.getByRole('textbox', { name: 'Name', exact: true }).focus();
  await page.keyboard.type('By keyboard');
  await page.getByRole('button', { name: 'Choose an attribute…' }).focus();
  await press('Enter');
  // Other tables have a plan of their own.
  await page.keyboard.type('plan crm two');
  await press('Enter');
  await expect(page.getByRole('combobox', { name: 'Value' })).toBeFocused();
  // What customers have is suggested; taking it leaves the focus where it is.
  await page.keyboard.type('go');
  await expect(page.getByRole('option', { name: 'gold' })).toBeVisible();
  await press('ArrowDown', 'Enter');
  await expect(page.getByRole('combobox', { name: 'Value' })).toHaveValue('gold');

  const add = page.getByRole('button', { name: 'Add condition' });
  await add.focus();
  await press('Enter');
  await expect(page.getByRole('button', { name: 'Choose an attribute…' })).toBeFocused();
  await press('Enter');
  await page.keyboard.type('crm two orders');
  await press('Enter');
  await expect(page.getByRole('textbox', { name: 'Value' })).toBeFocused();
  // Exact to the last digit.
  await page.keyboard.type('9223372036854775807');
  await press('Escape');
  await expect(rules(page)).toHaveCount(2);

  const names = () => rules(page).evaluateAll((all) => all.map((one) => one.ariaLabel));
  expect(await names()).toEqual(['Rule: plan is gold', 'Rule: orders is 9223372036854775807']);
  await page.getByRole('button', { name: 'Move orders is 9223372036854775807' }).focus();
  await press('ArrowUp');
  await expect(page.getByRole('button', { name: 'Move orders is' })).toBeFocused();
  expect(await names()).toEqual(['Rule: orders is 9223372036854775807', 'Rule: plan is gold']);
  await press('Control+z');
  expect((await names())[0]).toBe('Rule: plan is gold');
  await press('Control+Shift+z');
  expect((await names())[0]).toBe('Rule: orders is 9223372036854775807');

  const mute = page.getByRole('button', { name: 'Mute orders is 9223372036854775807' });
  await mute.focus();
  await press('Enter');
  await expect(mute).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('Muted, not counted')).toBeVisible();
  await expect(page.getByRole('status', { name: 'Size' })).toContainText('2 profiles');
  await expectAccessible(page);

  await page.getByRole('tab', { name: 'Sample' }).focus();
  await press('ArrowRight', 'Enter', 'Tab', 'Tab', 'Enter');
  await page.keyboard.type('CRM two');
  await expect(page.getByRole('option')).toHaveCount(1);
  await press('ArrowDown', 'Enter');
  // A list that closes gives the focus back a moment later.
  const tester = page.getByRole('tabpanel', { name: 'Test a customer' });
  await expect(tester.getByRole('combobox', { name: 'Table' })).toBeFocused();
  await press('Tab');
  await expect(page.getByRole('textbox', { name: 'Customer ID' })).toBeFocused();
  await page.keyboard.type('c3');
  await press('Enter');
  await expect(page.getByText('c3 is not in this audience')).toBeVisible();
  await expect(rules(page).nth(1)).toContainText('Does not hold: value silver');
  await page.getByRole('tab', { name: 'Test a customer' }).focus();
  await press('ArrowRight', 'Enter');
  await expect(page.getByRole('row', { name: 'plan is gold 2' })).toBeVisible();

  await page.reload();
  await expect(page.getByText('Your unsaved changes are back')).toBeVisible();
  expect(await names()).toEqual(['Rule: orders is 9223372036854775807', 'Rule: plan is gold']);
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('By keyboard');

  await page.getByRole('button', { name: 'Save' }).focus();
  await press('Enter');
  await page.waitForURL(/\/audiences\/\d+$/);
  await page.getByRole('link', { name: 'Breakdown' }).focus();
  await press('Enter');
  await page.getByRole('button', { name: 'Choose an attribute…' }).focus();
  await press('Enter');
  await page.keyboard.type('CRM two');
  await press('Enter');
  const gold = page.getByRole('table', { name: 'Members by plan' }).getByRole('row').nth(1);
  await expect(gold).toHaveText(/^gold2100%$/);
  await page.getByRole('button', { name: 'Edit' }).focus();
  await press('Enter');
  // The muted rule was kept with the version.
  await expect(rules(page)).toHaveCount(2);
  await expect(mute).toHaveAttribute('aria-pressed', 'true');
});

test('code, faults in place, somebody else’s save, versions with differences and restore', async ({
  page,
  product,
  integrator,
}) => {
  await signIn(page, product.url);
  const { crm } = await loadCustomers(page, { product, integrator }, 'three');
  await page.goto(`${product.url}/audiences/new`);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('In code');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('One condition must be finished or muted')).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('tab', { name: 'Code' }).click();
  const code = page.getByRole('textbox', { name: 'Conditions as JSON' });
  await code.fill('["and",\n {"type": "audience"}]');
  await expect(page.getByRole('button', { name: 'Line 2' })).toBeVisible();
  await code.fill('["and",\n');
  await expect(page.getByText('This is not valid JSON.')).toBeVisible();
  const orders = await attributeId(page, crm, 'orders');
  const leaf = { type: 'external_attribute', dcp_datasource_id: crm.id };
  const rule = { ...leaf, dcp_datasource_attribute_id: orders, match_type: 'gt', value: 5 };
  await code.fill(JSON.stringify(['and', ['not', rule]]));
  await expectAccessible(page);
  await page.getByRole('tab', { name: 'Builder' }).click();
  await expect(rules(page)).toHaveAttribute('aria-label', 'Rule: orders is not more than 5');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(/\/audiences\/\d+$/);

  const id = Number(page.url().split('/').at(-1));
  await page.getByRole('button', { name: 'Edit' }).click();
  await rules(page).getByRole('textbox', { name: 'Value' }).fill('7');
  await call(page, 'PUT', `/api/audiences/${id}`, {
    version: 1,
    name: 'In code',
    description: null,
    conditions: JSON.stringify(['and', { ...rule, value: 6 }]),
    layout: null,
  });
  await expect(page.getByText('saved version 2 while you were editing')).toBeVisible({
    timeout: 30_000,
  });
  await page.getByRole('button', { name: 'Compare' }).click();
  const dialog = page.getByRole('dialog', { name: 'What differs' });
  await expect(dialog).toContainText('orders is more than 6');
  await expect(dialog).toContainText('orders is not more than 7');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Keep mine' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(/\/audiences\/\d+$/);

  await page.getByRole('link', { name: /^Versions/ }).click();
  const latest = page.getByRole('region', { name: 'Version 3' });
  await latest.getByRole('button', { name: 'Show changes' }).click();
  await expect(latest).toContainText('orders is more than 6');
  await expectAccessible(page);
  await page
    .getByRole('region', { name: 'Version 1' })
    .getByRole('button', { name: 'Restore' })
    .click();
  await expect(page.getByRole('region', { name: 'Version 4' })).toContainText(
    'Restored from version 1',
  );

  await page.goto(`${product.url}/audiences`);
  const row = page.getByRole('row').filter({ hasText: 'In code' });
  await row.getByRole('button', { name: 'Actions for In code' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Delete audience In code' }).click();
  await expect(row).toBeHidden();
});
