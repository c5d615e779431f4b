import { test as base } from '@playwright/test';
import { Integrator } from './integrator.ts';
import { startProduct, type Product } from './product.ts';
import { administrator } from './sign-in.ts';
import { Workplace } from './workplace.ts';

type Fixtures = {
  /** A folder to run S3 clients in. */
  workplace: Workplace;
};

type SharedFixtures = {
  /** A product that was set up by its environment alone; all integrators' tests share it. */
  product: Product;
  integrator: Integrator;
};

/** Playwright's test for journeys without a browser or a human. */
export const test = base.extend<Fixtures, SharedFixtures>({
  workplace: async ({}, use) => {
    const workplace = await Workplace.create();
    await use(workplace);
    await workplace.remove();
  },
  product: [
    async ({}, use) => {
      const product = await startProduct(administrator);
      await use(product);
      await product.stop();
      await product.remove();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  integrator: [
    async ({ product }, use) => {
      await use(new Integrator(product, administrator.ADMIN_TOKEN));
    },
    { scope: 'worker' },
  ],
});
