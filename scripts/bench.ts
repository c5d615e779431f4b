// npm run bench -- <name> [options]: measures one part of the product.
const benches: Readonly<Record<string, () => Promise<{ run: Bench }>>> = {
  'audience-mutations': () => import('./bench/audience-mutations.ts'),
  'audience-parity': () => import('./bench/audience-parity.ts'),
  audiences: () => import('./bench/audiences.ts'),
  background: () => import('./bench/background.ts'),
  'customer-audiences': () => import('./bench/customer-audiences.ts'),
  cancel: () => import('./bench/cancel.ts'),
  'edge-kills': () => import('./bench/edge-kills.ts'),
  ingest: () => import('./bench/ingest.ts'),
  export: () => import('./bench/export.ts'),
  fuzz: () => import('./bench/fuzz.ts'),
  kernel: () => import('./bench/kernel.ts'),
  kills: () => import('./bench/kills.ts'),
  nights: () => import('./bench/nights.ts'),
  profiles: () => import('./bench/profiles.ts'),
  s3: () => import('./bench/s3.ts'),
};

type Bench = (args: readonly string[]) => Promise<void>;

const [name = '', ...args] = process.argv.slice(2);
const load = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (!load) {
  console.error(
    `Usage: npm run bench -- <name> [options], e.g. \`npm run bench -- ingest --rows 1000000\`.
Names: ${Object.keys(benches).join(', ')}.`,
  );
  process.exit(1);
}
const { run } = await load();
await run(args);
