import { defineConfig } from '@playwright/test';

const executablePath = process.env['CHROMIUM_PATH'];

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  globalSetup: './e2e/support/start-product.ts',
  timeout: 180_000,
  expect: { timeout: 15_000 },
  // One product instance for all journeys, on a machine that may have two cores.
  workers: 1,
  fullyParallel: false,
  // Another page is another chance for a browser short of processor time; `npm test` names what needed it.
  retries: 1,
  use: {
    viewport: { width: 1280, height: 860 },
    trace: 'retain-on-failure',
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
