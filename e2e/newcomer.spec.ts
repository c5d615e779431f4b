import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { adaCsv, columns, customersCsv, header } from './support/customers.ts';
import { dropFile } from './support/drop-file.ts';
import { test } from './support/watched-test.ts';
import { Workplace } from './support/workplace.ts';

const url = () => process.env['PRODUCT_URL'] ?? '';
const administrator = {
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  password: 'a few random words',
};
/** Enough that processing takes longer than looking at it. */
const customers = 4_000_000;

let workplace: Workplace;
test.beforeAll(async () => {
  workplace = await Workplace.create();
});
test.afterAll(() => workplace.remove());

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}

/** What the copy button of that name puts on the clipboard. */
async function copied(page: Page, button: string): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await page.getByRole('button', { name: button }).click();
  const read = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(read).not.toBe('');
  return read();
}

async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages of CRM' }).getByRole('link', { name }).click();
}

/** Looks a customer up and returns the shown values by attribute. */
async function lookUp(page: Page, customerId: string): Promise<Map<string, string>> {
  await page.goto(`${url()}/profiles`);
  await choose(page, 'Table', 'CRM');
  await page.getByRole('textbox', { name: 'Customer ID' }).fill(customerId);
  await page.getByRole('button', { name: 'Look up' }).click();
  const values = page.getByRole('table', { name: `Attributes of customer ${customerId}` });
  await expect(values).toBeVisible();
  const rows = await values.getByRole('row').all();
  const cells = await Promise.all(
    rows.slice(1).map((row) => row.locator('th, td').allInnerTexts()),
  );
  return new Map(cells.map((row) => [row[0] ?? '', row.at(-1) ?? '']));
}

test('a newcomer brings customers in and sees them', async ({ page, watch }) => {
  test.setTimeout(10 * 60_000);

  await test.step('creates the administrator by the one-time link', async () => {
    await page.goto(process.env['PRODUCT_SETUP_LINK'] ?? '');
    await expect(page.getByRole('button', { name: 'Create administrator' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('textbox', { name: 'Name' }).fill(administrator.name);
    await page.getByRole('textbox', { name: 'Email' }).fill(administrator.email);
    await page.getByLabel('Password', { exact: true }).fill(administrator.password);
    await page.getByRole('button', { name: 'Create administrator' }).click();
    await page.waitForURL(`${url()}/attributes`);
  });

  await test.step('sees an empty dashboard that says what to do', async () => {
    await expect(page.getByRole('heading', { level: 1, name: 'Attributes' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Bring your customers in' })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('creates the table CRM, keyed by a cookie', async () => {
    await page.getByRole('button', { name: 'Create your first table' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create table' });
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('CRM');
    await dialog.getByRole('textbox', { name: 'Cookie name' }).fill('2nd id');
    await dialog.getByRole('button', { name: 'Create table' }).click();
    await expect(dialog.getByRole('textbox', { name: 'Cookie name' })).toHaveAccessibleDescription(
      /letters, digits/i,
    );
    await expect(dialog.getByRole('textbox', { name: 'Cookie name' })).toHaveAttribute(
      'aria-invalid',
      'true',
    );
    await expectAccessible(page);
    await dialog.getByRole('textbox', { name: 'Cookie name' }).fill('logged_in_id');
    await dialog.getByRole('button', { name: 'Create table' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'CRM' })).toBeVisible();
    await expect(page.getByText('logged_in_id')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'No attributes yet' })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('registers attributes of every datatype', async () => {
    await page.getByRole('button', { name: 'Create attribute' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create attribute' });
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('email');
    await expect(dialog.getByText(/personally identifiable/)).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(columns[0].name);
    await dialog.getByRole('textbox', { name: 'Description' }).fill('Of the last 30 days');
    await dialog.getByRole('button', { name: 'Create attribute' }).click();
    await expect(page.getByRole('table').getByText(columns[0].name)).toBeVisible();

    await page.getByRole('button', { name: 'Paste CSV header' }).click();
    const paste = page.getByRole('dialog', { name: 'Add attributes from a CSV header' });
    const [firstLine, secondLine] = adaCsv.split('\n');
    await paste.getByRole('textbox', { name: 'CSV header' }).fill(`${firstLine}\n${secondLine}`);
    // Ten digits may be a number as well: the one guess to set right.
    await choose(page, 'Datatype of last_seen', 'Timestamp (epoch)');
    for (const { name, datatype } of columns.slice(1)) {
      await expect(paste.getByRole('combobox', { name: `Datatype of ${name}` })).toContainText(
        datatype,
      );
    }
    await expectAccessible(page);
    await paste.getByRole('button', { name: 'Create 6 attributes' }).click();
    await expect(paste).toBeHidden();
    for (const { name } of columns) {
      await expect(page.getByRole('table').getByText(name, { exact: true })).toBeVisible();
    }
    await expectAccessible(page);
  });

  let uploadCommand = '';
  await test.step('copies the connection into AWS CLI', async () => {
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Data Upload' }).click();
    await expect(page.getByRole('heading', { name: 'Large CSV via S3' })).toBeVisible();
    await page.getByRole('button', { name: 'Reveal AWS Secret Key' }).click();
    await expect(page.getByRole('button', { name: 'Hide AWS Secret Key' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expect(page.getByText(/The endpoint answered/)).toBeVisible();

    await page.getByRole('tab', { name: 'AWS CLI' }).click();
    await expectAccessible(page);
    await workplace.paste(await copied(page, 'Copy AWS CLI set-up'));
    uploadCommand = await copied(page, 'Copy AWS CLI upload');
    expect(uploadCommand).toContain('aws s3 cp customers.csv s3://');
  });

  await test.step('watches both files go from Queued through Processing to Completed', async () => {
    await openTab(page, 'Upload History');
    await expect(page.getByText('No file has been uploaded yet')).toBeVisible();
    await expectAccessible(page);

    await workplace.write('customers.csv', customersCsv(customers));
    await workplace.write('more.csv', `${header}\nada-2,Hats,false,7,,,,\n`);
    await workplace.paste(uploadCommand);
    await workplace.paste(uploadCommand.replace('customers.csv', 'more.csv'));
    const first = page
      .getByRole('row')
      .filter({ has: page.getByRole('link', { name: 'customers.csv' }) });
    const second = page
      .getByRole('row')
      .filter({ has: page.getByRole('link', { name: 'more.csv' }) });
    await expect(second.getByText('Queued')).toBeVisible();
    await expect(first.getByText('Processing', { exact: true })).toBeVisible();
    await expect(
      first.getByRole('progressbar', { name: 'Processing customers.csv' }),
    ).toBeVisible();
    await expect(first).toContainText(/rows\/s/);
    await expect(first).toContainText(/left/);
    await expect(first.getByText('Completed')).toBeVisible({ timeout: 120_000 });
    await expect(second.getByText('Completed')).toBeVisible();
    await expect(first).toContainText((customers + 1).toLocaleString('en'));
    await expectAccessible(page);

    await page.getByRole('link', { name: 'customers.csv' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'customers.csv' })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("opens a customer's profile, exact to the last digit", async () => {
    const values = await lookUp(page, 'ada-1');
    for (const { name, value } of columns) {
      // Times are followed by what they say in words.
      expect(values.get(name)?.split('\n')[0], name).toBe(value);
    }
    await expectAccessible(page);

    await page.getByRole('textbox', { name: 'Customer ID' }).fill('Ada-1');
    await page.getByRole('button', { name: 'Look up' }).click();
    await expect(page.getByRole('heading', { name: 'Not found in CRM' })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('fills the template in, drops it, and sees the update', async () => {
    await page.goto(`${url()}/attributes`);
    await expectAccessible(page);
    await page.getByRole('table').getByRole('link', { name: 'CRM' }).click();
    await openTab(page, 'Data Upload');
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download the header CSV' }).click();
    const template = (await workplace.read(await download)).trim();
    expect(template).toBe(header);

    const cells = header.split(',').map((name) => {
      if (name === 'customerId') return 'ada-1';
      return name === 'LTV' ? '43.5' : '';
    });
    await dropFile(page.getByLabel('Drop CSV files'), {
      name: 'filled-template.csv',
      content: `${template}\n${cells.join(',')}\n`,
    });
    const files = page.getByRole('list', { name: 'Files' });
    await expect(files.getByText('Completed', { exact: true })).toBeVisible();

    const values = await lookUp(page, 'ada-1');
    expect(values.get('LTV')).toBe('43.5');
    expect(values.get('visits')).toBe('9223372036854775807');
  });

  await test.step('a file with bad rows names them and gives them back', async () => {
    await page.goto(`${url()}/attributes`);
    await page.getByRole('table').getByRole('link', { name: 'CRM' }).click();
    await openTab(page, 'Data Upload');
    await dropFile(page.getByLabel('Drop CSV files'), {
      name: 'wrong-header.csv',
      content: 'customerId,colour\nx,red\n',
    });
    await expect(page.getByText('Not sent: the file would fail as a whole')).toBeVisible();
    await expectAccessible(page);

    await dropFile(page.getByLabel('Drop CSV files'), {
      name: 'bad-rows.csv',
      content: `${header}\ngood,Hats,true,1,1.5,2024-01-01,,\nbad-1,Hats,yes,1,,,,\nbad-2,Hats,,many,,2023-02-30,,\n`,
    });
    await page.getByRole('link', { name: /^Open upload/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'bad-rows.csv' })).toBeVisible();
    await expect(page.getByText('Completed with errors')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Rejected rows (2)' })).toBeVisible();
    const rows = page.getByRole('table', { name: 'Rejected rows' });
    await expect(rows.getByRole('row').filter({ hasText: 'is_member' })).toContainText('yes');
    await expect(rows.getByRole('row').filter({ hasText: 'visits' })).toContainText('many');
    await page.getByRole('button', { name: /^Show only rows with .+ in visits$/ }).click();
    await expect(page).toHaveURL(/code=invalid-long&column=visits/);
    await expect(rows.getByRole('row').filter({ hasText: 'is_member' })).toHaveCount(0);
    await page.reload();
    await expect(rows.getByRole('row').filter({ hasText: 'visits' })).toContainText('many');
    await expect(rows.getByRole('row').filter({ hasText: 'is_member' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Show all rows' }).click();
    await expect(rows.getByRole('row').filter({ hasText: 'is_member' })).toContainText('yes');
    await expectAccessible(page);

    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download rejects as CSV' }).click();
    const rejects = await readFile(await (await download).path(), 'utf8');
    expect(rejects.split('\n')[0]).toContain('error_line,error_column,error_code,error_message');
    const mended = rejects
      .replace('bad-1,Hats,yes', 'bad-1,Hats,true')
      .replace('bad-2,Hats,,many,,2023-02-30', 'bad-2,Hats,,12,,2023-02-28');
    await page.getByRole('link', { name: 'upload that file' }).click();
    await dropFile(page.getByLabel('Drop CSV files'), { name: 'mended.csv', content: mended });
    const files = page.getByRole('list', { name: 'Files' });
    await expect(files.getByText('Completed', { exact: true })).toBeVisible();
    expect((await lookUp(page, 'bad-2')).get('visits')).toBe('12');
  });

  await test.step('finds every other screen in order', async () => {
    await page.goto(`${url()}/uploads`);
    await expect(page.getByRole('link', { name: 'bad-rows.csv' })).toBeVisible();
    await expectAccessible(page);
    await page.goto(`${url()}/settings/members`);
    await expect(page.getByText(administrator.email).first()).toBeVisible();
    await expectAccessible(page);
    await page.goto(`${url()}/attributes`);
    await page.getByRole('table').getByRole('link', { name: 'CRM' }).click();
    await openTab(page, 'Settings');
    await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('CRM');
    await expectAccessible(page);
    watch.expectStatus(404);
    await page.goto(`${url()}/attributes/999999`);
    await expect(page.getByRole('heading', { level: 1, name: 'Not found' })).toBeVisible();
    await expectAccessible(page);
    await page.goto(`${url()}/uploads/999999`);
    await expect(page.getByRole('heading', { level: 1, name: 'Not found' })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('signs out, is turned away with a wrong password, and comes back', async () => {
    await page.goto(`${url()}/attributes`);
    await page.getByRole('button', { name: `Account of ${administrator.name}` }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/\/sign-in/);
    await expectAccessible(page);
    watch.expectStatus(401);
    await page.getByRole('textbox', { name: 'Email' }).fill(administrator.email);
    await page.getByLabel('Password', { exact: true }).fill('not the right words');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert').filter({ hasText: /password/i })).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel('Password', { exact: true }).fill(administrator.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${url()}/attributes`);
  });
});
