import type { Page } from '@playwright/test';

/** The one that a product of a journey starts with. */
export const administrator = {
  ADMIN_EMAIL: 'ada@example.com',
  ADMIN_PASSWORD: 'correct-horse-battery',
  ADMIN_TOKEN: 'abcdefghijklmnopqrstuvwxyz:123456',
};

/** As the administrator, up to the dashboard's first page. */
export async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('textbox', { name: 'Email' }).fill(administrator.ADMIN_EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(administrator.ADMIN_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${url}/attributes`);
}
