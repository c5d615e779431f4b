import { expect, test as base } from '@playwright/test';

type Watch = {
  /** Answers with this status are part of the journey; the browser logs each as an error. */
  expectStatus: (status: number) => void;
  /** So are connections that break. */
  expectBrokenConnections: () => void;
};

/** Playwright's test, failing on anything that a page writes to the console as an error. */
export const test = base.extend<{ watch: Watch }>({
  watch: [
    async ({ page }, use) => {
      const statuses = new Set<number>();
      const errors: string[] = [];
      let mayBreak = false;
      page.on('console', (message) => {
        if (message.type() !== 'error') return;
        if (mayBreak && message.text().includes('Failed to load resource: net::ERR_')) return;
        const status = /Failed to load resource: .*status of (\d+)/.exec(message.text())?.[1];
        if (status === undefined || !statuses.has(Number(status))) {
          errors.push(`${message.text()} (${message.location().url})`);
        }
      });
      page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
      await use({
        expectStatus: (status) => void statuses.add(status),
        expectBrokenConnections: () => {
          mayBreak = true;
        },
      });
      expect(errors, 'errors in the console of the page').toEqual([]);
    },
    { auto: true },
  ],
});
