import { expect, test } from 'vitest';
import { useTestDatabase } from '#lib/testing/database.ts';
import { compareWithApi } from '#lib/testing/exactness/compare-with-api.ts';
import { startProductUnderTest } from '#lib/testing/exactness/product-under-test.ts';
import { seededRandom } from '#lib/core/seeded-random.ts';
import { testSeed } from '#lib/testing/seed.ts';
import { useTestNode } from '#lib/testing/test-node.ts';

useTestDatabase();
const node = useTestNode();

/** A short run of `npm run bench -- fuzz`. */
test('every cell that is accepted comes back bit for bit', async () => {
  const product = await startProductUnderTest(node.profileUrl());
  const random = seededRandom(testSeed);
  let cells = 0;
  for (let round = 0; round < 3; round++) {
    const compared = await compareWithApi(product, { random, rows: 150, round });
    expect(compared.rejectedRows).toBeGreaterThan(10);
    cells += compared.cells;
  }
  expect(cells).toBeGreaterThan(5_000);
});
