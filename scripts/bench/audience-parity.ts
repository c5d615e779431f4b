import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { arbitraryWorld } from '#lib/core/audience/testing/arbitrary-world.ts';
import { compareWithSdk } from '#lib/core/audience/testing/compare-with-sdk.ts';
import { findDisagreement, prepareWorlds } from '#lib/store/testing/audience-parity.ts';
import { startBenchServer } from './bench-server.ts';

const treesPerWorld = 50;

/**
 * Searches for an audience that means one thing in memory and another in PostgreSQL or in Optimizely's SDK:
 * `npm run bench -- audience-parity --cases 100_000 --seed 7`.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      cases: { type: 'string', default: '20_000' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      directory: { type: 'string' },
    },
  });
  const cases = Number(values.cases.replaceAll('_', ''));
  if (!Number.isSafeInteger(cases) || cases < 1) throw new Error('--cases takes a number from 1.');
  const seed = Number(values.seed);
  console.log(`${cases} trees, --seed ${seed}`);
  const server = await startBenchServer(values.directory ?? null);
  try {
    await prepareWorlds();
    const started = performance.now();
    let verdicts = 0;
    const property = fc.asyncProperty(arbitraryWorld(treesPerWorld), async (world) => {
      const stored = await findDisagreement(world);
      if (stored) throw new Error(JSON.stringify(stored));
      const sdk = await compareWithSdk(world);
      if (sdk.disagreement !== null) throw new Error(sdk.disagreement);
      verdicts += sdk.verdicts;
    });
    await fc.assert(property, { numRuns: Math.ceil(cases / treesPerWorld), seed });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(
      `PASS: memory and PostgreSQL agree on all trees, the SDK on ${verdicts} verdicts; ${seconds} s.`,
    );
  } finally {
    await server.stop();
  }
}
