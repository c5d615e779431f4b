import fc from 'fast-check';
import { arbitraryWorld } from '#lib/core/audience/testing/arbitrary-world.ts';
import { getDb } from '#lib/db/client.ts';
import { endPools } from '#lib/db/pool.ts';
import { findDisagreement, prepareWorlds } from '#lib/store/testing/audience-parity.ts';

/** As many as in the project's tests. */
const worlds = 100;
const treesPerWorld = 30;

// Ends with 0 when memory and PostgreSQL were found to differ, or one of them failed.
await prepareWorlds();
const property = fc.asyncProperty(arbitraryWorld(treesPerWorld), async (world) => {
  return (await findDisagreement(world)) === null;
});
const { failed } = await fc.check(property, { numRuns: worlds, seed: 1, endOnFailure: true });
await getDb().$disconnect();
await endPools();
process.exitCode = failed ? 0 : 1;
