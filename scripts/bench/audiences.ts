import { getPool } from '#lib/db/pool.ts';
import { bindQuestion } from '#lib/services/audiences/questions/bind-question.ts';
import { measureAudience } from '#lib/services/audiences/questions/measure-audience.ts';
import { tallyMembers } from '#lib/store/audience/tally-members.ts';
import { evaluatedPerSecond } from './audiences/in-memory.ts';
import { createJsonProfiles, jsonTrees } from './audiences/json-profiles.ts';
import { randomTrees } from './audiences/random-trees.ts';
import { treesOfOneTable, treesOfTwoTables, type BenchTree } from './audiences/trees.ts';
import { createWorld, fillCustomers, fillUsers, type BenchWorld } from './audiences/world.ts';
import { startBenchServer } from './bench-server.ts';
import { printMustHold, type Promised } from './must-hold.ts';
import { readOptions } from './options.ts';
import { printTable, type Cell } from './table.ts';

const rounds = 2;
const randomCount = 100;
const countedTogether = 50;

/**
 * Sizes of audiences over one table and over two that are joined by aliases, as the dashboard asks for them, against
 * SQL by somebody who knows the tables: `npm run bench -- audiences --rows 1_000_000`. `--only one,two,json,memory`.
 */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args, 10_000_000, { seed: 1 });
  const isWanted = (name: string) => options.only.length === 0 || options.only.includes(name);
  const server = await startBenchServer(options.directory);
  try {
    const world = await createWorld();
    await fillCustomers(world, options.rows);
    const promises: Promised[] = [];
    if (isWanted('memory')) await compareInMemory(world, options);
    if (isWanted('one')) {
      const isJson = isWanted('json');
      if (isJson) await createJsonProfiles(world);
      const trees = treesOfOneTable(world);
      promises.push(...(await compare(world, { name: 'One table', trees, isJson, bound: 1.2 })));
      promises.push(...(await checkEstimates(world, options, 'one table')));
      if (isJson) await getPool().query('DROP TABLE json_profiles');
    }
    if (isWanted('two')) {
      await fillUsers(world, options.rows);
      const trees = treesOfTwoTables(world);
      promises.push(
        ...(await compare(world, { name: 'Two tables', trees, isJson: false, bound: 1.5 })),
      );
      promises.push(...(await checkEstimates(world, options, 'two tables')));
    }
    printMustHold(promises);
  } finally {
    await server.stop();
  }
}

interface Comparison {
  readonly name: string;
  readonly trees: readonly BenchTree[];
  readonly isJson: boolean;
  /** Of the count of 5 rules, as times what the hand-written statement takes. */
  readonly bound: number;
}

async function compare(
  { account }: BenchWorld,
  { name, trees, isJson, bound }: Comparison,
): Promise<Promised[]> {
  const ask = (precision: 'quick' | 'exact', funnel: boolean, conditions: string) =>
    measureAudience(account.viewer, { precision, funnel, conditions });
  const lines: Cell[][] = [];
  const promises: Promised[] = [];
  // Counts all profiles, which is remembered.
  await ask('exact', false, '[]');
  for (const { name: rules, conditions, sql } of trees) {
    const json = isJson ? jsonTrees[rules] : undefined;
    const times = await inTurns({
      hand: () => sizeOf(sql),
      exact: async () => (await ask('exact', false, conditions)).size,
      funnel: async () => (await ask('exact', true, conditions)).size,
      ...(json === undefined ? {} : { json: () => sizeOf(json) }),
    });
    const glances = await inTurns({
      estimate: () => ask('quick', false, conditions).then(noAnswer),
      estimatedFunnel: () => ask('quick', true, conditions).then(noAnswer),
    });
    const { size, low, high, total } = await ask('quick', false, conditions);
    const ratio = (times['exact'] ?? 0) / (times['hand'] ?? 1);
    lines.push([
      rules,
      times['hand'] ?? null,
      times['exact'] ?? null,
      ratio,
      times['funnel'] ?? null,
      glances['estimate'] ?? null,
      glances['estimatedFunnel'] ?? null,
      `${size} (±${((50 * (high - low)) / total).toFixed(2)} %)`,
      times['json'] ?? null,
    ]);
    if (rules !== '5 rules') continue;
    const promise = `${name}, count of 5 rules / hand-written`;
    promises.push({ promise, measured: ratio, kind: 'at most', bound });
  }
  console.log(`\n${name}, milliseconds:`);
  const estimates = ['estimate', 'its funnel', 'estimated'];
  printTable(['', 'by hand', 'count', 'ratio', 'funnel', ...estimates, 'JSONB + GIN'], lines);
  return promises;
}

/** The median time of each, measured in turns, so that all meet the same machine. They must agree. */
async function inTurns(
  works: Readonly<Record<string, () => Promise<number | undefined>>>,
): Promise<Readonly<Record<string, number>>> {
  const times = new Map(Object.keys(works).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round += 1) {
    const answers = new Set<number | undefined>();
    for (const [name, work] of Object.entries(works)) {
      const started = performance.now();
      answers.add(await work());
      // The first round warms up.
      if (round > 0) times.get(name)?.push(performance.now() - started);
    }
    if (answers.size > 1) throw new Error(`They do not agree: ${[...answers].join(', ')}.`);
  }
  return Object.fromEntries([...times].map(([name, all]) => [name, quantile(all, 0.5)]));
}

/** No two estimates are alike: how long they look depends on the clock. */
function noAnswer(): undefined {
  return undefined;
}

async function sizeOf(sql: string): Promise<number> {
  const { rows } = await getPool().query<{ size: string }>(sql);
  return Number(rows[0]?.size);
}

async function checkEstimates(
  world: BenchWorld,
  { seed }: { readonly seed: number },
  name: 'one table' | 'two tables',
): Promise<Promised[]> {
  const isJoined = name === 'two tables';
  const trees = randomTrees(world, { count: randomCount, seed, isJoined });
  const estimates = [];
  const times: number[] = [];
  for (const conditions of trees) {
    const started = performance.now();
    const question = { precision: 'quick', funnel: false, conditions } as const;
    estimates.push(await measureAudience(world.account.viewer, question));
    times.push(performance.now() - started);
  }
  const sizes = await exactSizes(world, trees);
  const held = estimates.filter(({ low, high }, index) => {
    const size = sizes[index] ?? -1;
    return low <= size && size <= high;
  });
  const widths = estimates.map(({ low, high, total }) => (50 * (high - low)) / total);
  const milliseconds = [0.5, 0.95, 1].map((share) => quantile(times, share).toFixed(0));
  console.log(
    `\n${randomCount} random trees over ${name}: ${held.length} intervals true; half an interval is ` +
      `${quantile(widths, 0.5).toFixed(2)} % of all profiles (median), ${quantile(widths, 1).toFixed(2)} % (largest); ` +
      `${milliseconds.join(' / ')} ms (median, 95th percentile, longest).`,
  );
  return [
    {
      promise: `estimate, ${name}: true of 100`,
      ...{ measured: held.length, kind: 'at least', bound: 95 },
    },
    {
      promise: `estimate, ${name}: ms, 95th percentile`,
      ...{ measured: quantile(times, 0.95), kind: 'at most', bound: 100 },
    },
  ];
}

/** Some at a time, which takes little longer than one. */
async function exactSizes({ account }: BenchWorld, trees: readonly string[]): Promise<number[]> {
  const sizes: number[] = [];
  for (let from = 0; from < trees.length; from += countedTogether) {
    const bound = await Promise.all(
      trees
        .slice(from, from + countedTogether)
        .map((conditions) => bindQuestion(account.viewer, { conditions })),
    );
    const [first] = bound;
    if (!first?.space) throw new Error('There is nobody to count.');
    const conditions = bound.map(({ condition }) => condition);
    const { space, now } = first;
    sizes.push(...(await tallyMembers(getPool(), conditions, { space, now })).sizes);
  }
  return sizes;
}

async function compareInMemory(
  world: BenchWorld,
  { seed }: { readonly seed: number },
): Promise<void> {
  const lines: Cell[][] = [];
  const random = randomTrees(world, { count: randomCount, seed, isJoined: false });
  lines.push(['random trees', await evaluatedPerSecond(world.account, random)]);
  for (const { name, conditions } of treesOfOneTable(world)) {
    lines.push([name, await evaluatedPerSecond(world.account, [conditions])]);
  }
  console.log('\nIn memory, on one core:');
  printTable(['', 'trees/s'], lines);
}

/** @param share 0.5 for the median, 1 for the largest. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
