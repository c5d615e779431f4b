import { text } from 'node:stream/consumers';
import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { attributeId, call, load, loadCustomers } from './support/audience-data.ts';
import { test } from './support/integrator-test.ts';
import { signIn } from './support/sign-in.ts';

const rule = (page: Page, name: string) => page.getByRole('group', { name: `Rule: ${name}` });
const size = (page: Page) => page.getByRole('status', { name: 'Size' });

test('three levels over two tables: size and funnel follow, a customer is tested, an upload moves members', async ({
  page,
  product,
  integrator,
}) => {
  await signIn(page, product.url);
  const { crm, web } = await loadCustomers(page, { product, integrator }, 'live');
  await page.goto(`${product.url}/audiences/new`);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Worth a call');

  await pick(page, 'CRM live', 'plan');
  // What customers really have is suggested.
  await rule(page, 'plan is').getByRole('combobox', { name: 'Value' }).fill('go');
  await page.getByRole('option', { name: 'gold' }).click();
  await expect(size(page)).toContainText('2 profiles');
  await expect(rule(page, 'plan is gold')).toContainText('Holds for 2 profiles');

  await page.getByRole('button', { name: 'Add group' }).click();
  await pick(page, 'Web live', 'visits');
  await compare(page, 'visits is', { operator: 'is more than', value: '5' });
  await expect(size(page)).toContainText('1 profile,');
  await expect(page.getByRole('group', { name: /^Group:/ })).toContainText('1 left after it');

  const group = page.getByRole('group', { name: /^Group:/ });
  await group.getByRole('button', { name: 'Add group' }).click();
  const inner = group.getByRole('group', { name: /^Group:/ });
  await inner.getByRole('combobox', { name: 'How many must hold' }).click();
  await page.getByRole('option', { name: /^ALL/ }).click();
  await pick(page, 'CRM live', 'orders');
  await compare(page, 'orders is', { operator: 'is less than', value: '5' });
  await expect(size(page)).toContainText('2 profiles');
  await inner.getByRole('button', { name: 'Add condition' }).click();
  await pick(page, 'Web live', 'visits');
  await compare(page, 'visits is', { operator: 'is less than', value: '2' });
  await expect(size(page)).toContainText('1 profile,');
  await expect(rule(page, 'visits is less than 2')).toContainText('Holds for 0 profiles');
  await expect(page.getByRole('list', { name: 'Sample members' })).toContainText('u1-live');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Test u1-live' }).click();
  await expect(page.getByText('u1-live is in this audience')).toBeVisible();
  await testCustomer(page, 'CRM live', 'c3');
  await expect(page.getByText('c3 is not in this audience')).toBeVisible();
  await expect(rule(page, 'plan is gold')).toContainText('Does not hold: value silver');
  await expect(rule(page, 'visits is more than 5')).toContainText('Unknown: no value');
  await expectAccessible(page);
  await page.getByRole('tab', { name: 'Funnel' }).click();
  await expect(page.getByRole('row', { name: 'plan is gold 2' })).toBeVisible();

  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(/\/audiences\/\d+$/);
  await page.getByRole('button', { name: 'Show as a table' }).click();
  const history = page.getByRole('table', { name: 'History of the size' });
  await expect(history.getByRole('row', { name: /Counted 1 / })).toBeVisible();
  await load({ product, integrator }, web, {
    name: 'moved.csv',
    text: 'customerId,visits\nw2,7\n',
  });
  await expect(history.getByRole('row', { name: /Counted 2 .*\+1$/ })).toBeVisible({
    timeout: 30_000,
  });
  await expect(
    history.getByRole('link', { name: 'Upload of moved.csv to Web live' }),
  ).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Export members' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'IDs of CRM live' }).click();
  const exported = await text(await (await download).createReadStream());
  expect(exported.trim().split(/\r?\n/)).toEqual(['customerId', 'c1', 'c2']);

  await page.getByRole('link', { name: 'Breakdown' }).click();
  await pick(page, 'CRM live', 'orders');
  const breakdown = page.getByRole('table', { name: 'Members by orders' });
  await expect(breakdown.getByRole('row')).toHaveText([/Members/, /^12150%$/, /^3150%$/]);
  await expectAccessible(page);

  for (const [name, attribute] of [
    ['With a plan', 'plan'],
    ['Ordered', 'orders'],
  ] as const) {
    const has = {
      type: 'external_attribute',
      dcp_datasource_id: crm.id,
      dcp_datasource_attribute_id: await attributeId(page, crm, attribute),
      match_type: 'exists',
    };
    await call(page, 'POST', '/api/audiences', {
      ...{ name, description: null, layout: null },
      conditions: JSON.stringify(['and', has]),
    });
  }
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await page.getByRole('link', { name: 'Overlap' }).focus();
  await press('Enter');
  await page.getByRole('button', { name: 'Choose an audience' }).focus();
  await press('Enter');
  await page.keyboard.type('With a plan');
  await expect(page.getByRole('option', { selected: true })).toHaveText(/^With a plan/);
  await press('Enter');
  const overlap = page.getByRole('table', { name: 'Overlap' });
  await expect(overlap.getByRole('row', { name: 'In both 2' })).toBeVisible();
  await expect(overlap.getByRole('row', { name: 'Only in With a plan 1' })).toBeVisible();
  await expectAccessible(page);
  const third = page.getByRole('button', { name: 'Add a third' });
  await expect(third).toBeFocused();
  await press('Enter');
  await page.keyboard.type('Ordered');
  await expect(page.getByRole('option', { selected: true })).toHaveText(/^Ordered/);
  await press('Enter');
  await expect(overlap.getByRole('row', { name: 'In all three 2' })).toBeVisible();
  await expect(third).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Remove Ordered' }).focus();
  await press('Enter');
  await expect(third).toBeFocused();
  await expect(overlap.getByRole('row', { name: 'In both 2' })).toBeVisible();
  await page.reload();
  await expect(overlap.getByRole('row', { name: 'In both 2' })).toBeVisible();
});

/** Answers the last rule that has no attribute yet. */
async function pick(page: Page, table: string, attribute: string): Promise<void> {
  await page.getByRole('button', { name: 'Choose an attribute…' }).last().click();
  const listed = page.getByRole('group', { name: `External Attributes · ${table}` });
  await listed.getByRole('option', { name: new RegExp(`^${attribute}`) }).click();
}

async function compare(
  page: Page,
  name: string,
  { operator, value }: { readonly operator: string; readonly value: string },
): Promise<void> {
  await rule(page, name).last().getByRole('combobox', { name: 'Comparison' }).click();
  await page.getByRole('option', { name: operator, exact: true }).click();
  await rule(page, name).last().getByRole('textbox', { name: 'Value' }).fill(value);
}

async function testCustomer(page: Page, table: string, customerId: string): Promise<void> {
  const panel = page.getByRole('complementary', { name: 'Size and members' });
  await panel.getByRole('combobox', { name: 'Table' }).click();
  await page.getByRole('option', { name: table }).click();
  await panel.getByRole('textbox', { name: 'Customer ID' }).fill(customerId);
  await panel.getByRole('button', { name: 'Test', exact: true }).click();
}
