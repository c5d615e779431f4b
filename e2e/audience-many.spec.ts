import { expect, type Page } from '@playwright/test';
import { z } from 'zod';
import { call } from './support/audience-data.ts';
import type { Integrator, NewAttribute } from './support/integrator.ts';
import { test } from './support/integrator-test.ts';
import { signIn } from './support/sign-in.ts';

const rules = (page: Page) => page.getByRole('group', { name: /^Rule:/ });
const inTable = 250;

test('500 attributes, 1,000 audiences, 200 rules: all are found, and a key changes its own rule only', async ({
  page,
  product,
  integrator,
}) => {
  test.setTimeout(300_000);
  await signIn(page, product.url);
  const attributes = [
    ...(await createMany(page, integrator, 'One')),
    ...(await createMany(page, integrator, 'Two')),
  ];
  const leaves = attributes.slice(0, 200).map(({ tableId, id }, index) => ({
    ...{ type: 'external_attribute', dcp_datasource_id: tableId, dcp_datasource_attribute_id: id },
    ...{ match_type: 'gt', value: index },
  }));
  const groups = Array.from({ length: 10 }, (_, index) => [
    'or',
    ...leaves.slice(index * 20, index * 20 + 20),
  ]);
  const create = (name: string, conditions: unknown) =>
    call(page, 'POST', '/api/audiences', {
      ...{ name, description: null, layout: null },
      conditions: JSON.stringify(conditions),
    });
  const { id } = z
    .object({ id: z.int() })
    .parse(await create('Two hundred rules', ['and', ...groups]));
  for (let start = 1; start <= 999; start += 37) {
    const numbers = Array.from({ length: 37 }, (_, index) => start + index);
    await Promise.all(numbers.map((number) => create(`Many ${number}`, ['and', leaves[0]])));
  }

  await page.goto(`${product.url}/audiences/${id}/edit`);
  await expect(rules(page)).toHaveCount(200);
  await expect(page.getByRole('status', { name: 'Size' })).toContainText('0 profiles');
  const last = rules(page).last();
  const value = last.getByRole('textbox', { name: 'Value' });
  await value.focus();
  // Rules out of sight have been left out of the drawing, and are there all the same.
  await expect(value).toBeInViewport();
  const touched = await changedRules(page, () => page.keyboard.press('7'));
  await expect(last).toHaveAccessibleName('Rule: One_attribute_199 is more than 1997');
  expect(touched).toEqual(['Rule: One_attribute_199 is more than 1997']);
  await page.keyboard.press('Control+z');
  await expect(value).toHaveValue('199');

  await page.getByRole('button', { name: 'Add condition' }).last().click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { name: /^Show \d+ more attributes/ })).toBeVisible();
  await page.keyboard.type('two attribute_249');
  await expect(page.getByRole('option', { selected: true })).toHaveText(/^Two_attribute_249/);
  await page.keyboard.press('Enter');
  await expect(rules(page).last()).toHaveAccessibleName('Rule: Two_attribute_249 is');
  await page.getByRole('button', { name: 'Add condition' }).last().click();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^And \d+ more\. Search/)).toBeAttached();
  await page.keyboard.type('Many 987');
  await expect(page.getByRole('option', { selected: true })).toHaveText(/^Many 987/);
  await page.keyboard.press('Enter');
  await expect(rules(page).last()).toHaveAccessibleName('Rule: in Many 987');

  await page.goto(`${product.url}/audiences?perPage=100`);
  await expect(page.getByText(/1,0\d\d audiences/)).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(101);
  await page.getByRole('textbox', { name: 'Search audiences by name or ID' }).fill('Many 99');
  await expect(page.getByText('11 audiences')).toBeVisible();
});

/** Attributes `<name>_attribute_0` and so on, all of them numbers, in a table of their own. */
async function createMany(page: Page, integrator: Integrator, name: string) {
  const attributes = Array.from({ length: inTable }, (_, index): NewAttribute => ({
    ...{ name: `${name}_attribute_${index}`, datatype: 'long', format: null },
  }));
  const table = await integrator.createTable(`Many ${name}`, attributes);
  const { attributes: created } = z
    .object({ attributes: z.array(z.object({ id: z.int() })) })
    .parse(await call(page, 'GET', `/api/tables/${table.id}`));
  return created.map(({ id }) => ({ tableId: table.id, id }));
}

/** Names of the rules in which something was drawn anew by what was done, before any answer came. */
async function changedRules(page: Page, act: () => Promise<void>): Promise<string[]> {
  await page.evaluate(() => {
    const watched = window as unknown as { changed: Set<Element> };
    watched.changed = new Set();
    new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        const rule = element?.closest('[role="group"][aria-label^="Rule:"]');
        if (rule) watched.changed.add(rule);
      }
    }).observe(document.body, {
      ...{ subtree: true, childList: true, attributes: true, characterData: true },
    });
  });
  await act();
  return page.evaluate(() => {
    const { changed } = window as unknown as { changed: Set<Element> };
    return [...changed].map((rule) => rule.getAttribute('aria-label') ?? '');
  });
}
