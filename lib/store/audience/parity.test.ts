import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { arbitraryWorld } from '#lib/core/audience/testing/arbitrary-world.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { findDisagreement, prepareWorlds } from '../testing/audience-parity.ts';

/*
 * One meaning everywhere: who is in an audience is the same whether it is evaluated in memory or asked of PostgreSQL.
 * `npm run bench -- audience-parity --cases N` searches for longer.
 */
const worlds = 100;
const treesPerWorld = 30;

useTestDatabase();
beforeAll(prepareWorlds);

test('evaluating a tree and asking PostgreSQL give the same profiles', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryWorld(treesPerWorld), async (world) => {
      expect(await findDisagreement(world)).toBeNull();
    }),
    { numRuns: worlds },
  );
});
