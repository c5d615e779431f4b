import type { BrowserContext, Page } from '@playwright/test';

/** The one that a product of a journey starts with. */
export const administrator = {
  ADMIN_EMAIL: 'ada@example.com',
  ADMIN_PASSWORD: 'correct-horse-battery',
  ADMIN_TOKEN: 'abcdefghijklmnopqrstuvwxyz:123456',
};

/** Sessions by product: journeys that share one would sign in more often than anybody may within a minute. */
const sessions = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>();

/** As the administrator, up to the dashboard's first page; by the form when it is the first time. */
export async function signIn(page: Page, url: string): Promise<void> {
  const cookies = sessions.get(url);
  if (cookies) {
    await page.context().addCookies(cookies);
    await page.goto(url);
  } else {
    await page.goto(url);
    await page.getByRole('textbox', { name: 'Email' }).fill(administrator.ADMIN_EMAIL);
    await page.getByLabel('Password', { exact: true }).fill(administrator.ADMIN_PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }
  await page.waitForURL(`${url}/attributes`);
  sessions.set(url, await page.context().cookies());
}
