// npm run bench -- <name> [options]: measures one part of the product; see scripts/bench/.
const [name, ...args] = process.argv.slice(2);

if (!name || !/^[a-z0-9-]+$/.test(name)) {
  console.error(
    'Usage: npm run bench -- <name> [options], e.g. `npm run bench -- ingest --rows 1000000`.',
  );
  process.exit(1);
}
const { run } = (await import(`./bench/${name}.ts`)) as {
  run: (args: readonly string[]) => Promise<void>;
};
await run(args);
