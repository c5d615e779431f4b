import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { load } from './support/audience-data.ts';
import { test } from './support/integrator-test.ts';
import { signIn } from './support/sign-in.ts';

// Half a day before UTC: a day begins where the reader is.
test.use({ timezoneId: 'Pacific/Auckland' });

/** A day as the reader's calendar has it, this many days from now. */
function dayOf(page: Page, later: number): Promise<string> {
  return page.evaluate((days) => {
    const now = new Date();
    const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
    const digits = (value: number) => String(value).padStart(2, '0');
    return `${day.getFullYear()}-${digits(day.getMonth() + 1)}-${digits(day.getDate())}`;
  }, later);
}

test('the Upload History is narrowed to days, by keyboard and by address', async ({
  product,
  integrator,
  page,
}) => {
  const table = await integrator.createTable('Dated', []);
  await load({ product, integrator }, table, { name: 'today.csv', text: 'customerId\nc1\n' });
  await signIn(page, product.url);
  await page.goto(`${product.url}/uploads`);
  const file = page.getByRole('link', { name: 'today.csv' });
  const from = page.getByLabel('Received from');
  const until = page.getByLabel('Received until');
  await expect(file).toBeVisible();
  const [yesterday, today] = [await dayOf(page, -1), await dayOf(page, 0)];

  await from.focus();
  const [year = '', month = '', day = ''] = today.split('-');
  await page.keyboard.type(`${month}${day}${year}`);
  await expect(page).toHaveURL(new RegExp(`[?&]from=${today}(&|$)`));
  await expect(file).toBeVisible();
  await until.fill(today);
  await expect(page).toHaveURL(new RegExp(`[?&]to=${today}(&|$)`));
  await expect(file).toBeVisible();
  await page.reload();
  await expect(from).toHaveValue(today);
  await expect(file).toBeVisible();

  await until.fill(yesterday);
  await expect(page.getByText('The first day is after the last one.')).toBeVisible();
  await expect(until).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);
  await from.fill(yesterday);
  await expect(page.getByText('No upload matches the search')).toBeVisible();
  await from.fill('');
  await expect(page).not.toHaveURL(/from=/);
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  await expect(page).toHaveURL(`${product.url}/uploads`);
  await expect(file).toBeVisible();
  await expect(until).toHaveValue('');

  await page.setViewportSize({ width: 360, height: 740 });
  const isWider = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
  expect(await isWider()).toBe(false);
  await page.setViewportSize({ width: 1280, height: 850 });
  expect(await isWider()).toBe(false);
});
