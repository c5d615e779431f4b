import { expect, type Page } from '@playwright/test';
import { tableName } from '#lib/store/names.ts';
import { expectAccessible } from './support/accessible.ts';
import { load } from './support/audience-data.ts';
import { openSession } from './support/database.ts';
import { test } from './support/integrator-test.ts';
import { signIn } from './support/sign-in.ts';

/** What a number on the page of an upload is called, and how much it is. */
async function numbers(page: Page): Promise<Record<string, string>> {
  const [labels, values] = await Promise.all([
    page.locator('main dl').first().locator('dt').allInnerTexts(),
    page.locator('main dl').first().locator('dd').allInnerTexts(),
  ]);
  return Object.fromEntries(labels.map((label, index) => [label, values[index] ?? '']));
}

async function isWider(page: Page): Promise<boolean> {
  await page.setViewportSize({ width: 360, height: 740 });
  const { scrolled, shown } = await page.evaluate(() => ({
    scrolled: document.documentElement.scrollWidth,
    shown: document.documentElement.clientWidth,
  }));
  await page.setViewportSize({ width: 1280, height: 860 });
  return scrolled > shown;
}

test('a file is checked, then stored; a load is cancelled under way, then done again', async ({
  product,
  integrator,
  page,
}) => {
  const table = await integrator.createTable('Controlled', [
    { name: 'story', datatype: 'string', format: null },
    { name: 'visits', datatype: 'long', format: null },
  ]);
  const before = 'customerId,story,visits\nc1,old,1\nc2,old,1\n';
  await load({ product, integrator }, table, { name: 'before.csv', text: before });
  await signIn(page, product.url);
  const input = page.getByLabel('Drop CSV files');
  const state = page.getByRole('heading', { level: 1 }).locator('..');
  const openUpload = page.getByRole('link', { name: /^Open upload/ });

  await test.step('the check tells what storing would do, and why rows would be rejected', async () => {
    await page.goto(`${product.url}/attributes/${table.id}/upload`);
    await page.getByRole('checkbox', { name: 'Check only' }).check();
    await input.setInputFiles({
      name: 'checked.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        'customerId,story,visits\nc1,old,1\nc2,new,\nc3,new,3\nc3,newer,\nc4,new,many\n,nobody,1\n',
      ),
    });
    await openUpload.click();
    await expect(state).toContainText('Completed with errors');
    await expect(
      page.getByText('would create 1 customer, change 1 and leave 1 as they are.').first(),
    ).toBeVisible();
    expect(await numbers(page)).toEqual({
      'Rows read': '6',
      'Rows accepted': '4',
      'Rows rejected': '2',
      'Would be created': '1',
      'Would be changed': '1',
      'Would be unchanged': '1',
      'Repeats of a customer': '1',
    });
    const rejects = page.getByRole('region', { name: 'Rejected rows (2)' });
    await expect(rejects.getByText('many').first()).toBeVisible();
    await expectAccessible(page);
    expect(await isWider(page)).toBe(false);
    expect((await integrator.profile(table, 'c3')).status).toBe(404);
  });

  await test.step('the checked file is stored, without being sent again', async () => {
    const checked = page.url();
    await page.getByRole('button', { name: 'Store this file' }).click();
    await expect(page).not.toHaveURL(checked);
    await expect(state).toContainText('Completed with errors');
    await expect(page.getByText('4 of 6 rows accepted, 2 rejected.').first()).toBeVisible();
    const { status, text } = await integrator.profile(table, 'c3');
    expect([status, text]).toEqual([200, expect.stringContaining('"newer"')]);
  });

  // Many more rows than the table has: loaded beside it. As long as somebody reads the table, it cannot take its place.
  const rows = 17_000;
  const story = 'once upon a time '.repeat(60);
  const lines = Array.from({ length: rows }, (_, row) => `n${row},${story},${row}\n`);
  const reader = await openSession(product);
  try {
    await test.step('a load is cancelled, and says how far it came', async () => {
      await reader.query('BEGIN');
      await reader.query(`LOCK TABLE ${tableName(table.id)} IN ACCESS SHARE MODE`);
      await page.goto(`${product.url}/attributes/${table.id}/upload`);
      const buffer = Buffer.from(`customerId,story,visits\n${lines.join('')}`);
      await input.setInputFiles({ name: 'stories.csv', mimeType: 'text/csv', buffer });
      await openUpload.click();
      await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuetext', /17,000 rows/);
      await page.getByRole('button', { name: 'Cancel upload' }).click();
      const dialog = page.getByRole('alertdialog', { name: 'Cancel upload stories.csv' });
      await expect(dialog).toContainText('Nothing of the file is stored yet');
      await expect(dialog.getByRole('button', { name: 'Keep going' })).toBeFocused();
      await expectAccessible(page);
      await dialog.getByRole('button', { name: 'Cancel upload' }).click();
      await expect(dialog).toBeHidden();
      await expect(state).toContainText('Cancelled');
      const outcome = 'Cancelled after 17,000 rows had been read. Nothing was stored.';
      await expect(page.getByText(outcome).first()).toBeVisible();
      expect(await numbers(page)).toMatchObject({
        'Rows read': '17,000',
        'Rows accepted': '0',
        'Read and left out': '17,000',
      });
      await expectAccessible(page);
      expect(await isWider(page)).toBe(false);
      const [cancelled] = await integrator.uploads(table);
      expect(cancelled).toMatchObject({ rows_read: 0, rows_reached: rows, rows_changed: 0 });
      await reader.query('COMMIT');
    });

    await test.step('it is processed again, and both tries are in the history', async () => {
      await page.getByRole('button', { name: 'Process again' }).click();
      await expect(page.getByText('17,000 rows accepted, none rejected.').first()).toBeVisible();
      await page.goto(`${product.url}/attributes/${table.id}/history`);
      const tries = page.getByRole('row').filter({ hasText: 'stories.csv' });
      await expect(tries).toHaveCount(2);
      await expect(tries.first()).toContainText('Completed');
      await expect(tries.last()).toContainText('17,000 rows read, nothing stored');
      await expectAccessible(page);
      expect(await isWider(page)).toBe(false);
      const { text } = await integrator.profile(table, 'n16999');
      expect(text).toContain('16999');
    });
  } finally {
    await reader.end();
  }
});
