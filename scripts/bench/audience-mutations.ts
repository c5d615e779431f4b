import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { mutations } from './audience-mutations/mutations.ts';
import { startBenchServer } from './bench-server.ts';
import { printMustHold } from './must-hold.ts';
import { readOptions } from './options.ts';

/**
 * Changes one operator after the other, in memory or in SQL, and sees that the 3,000 generated trees of the tests find each:
 * `npm run bench -- audience-mutations`. `--only compile-test` for the files whose name has that.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { only, directory } = readOptions(args, 1_000);
  const server = await startBenchServer(directory);
  let asked = 0;
  let found = 0;
  try {
    for (const [index, { file, from, to }] of mutations.entries()) {
      if (only.length > 0 && !only.some((name) => file.includes(name))) continue;
      asked += 1;
      const isFound = await isNoticed(index);
      if (isFound) found += 1;
      console.log(`${isFound ? 'noticed' : 'MISSED '}  ${file}: ${from}  ->  ${to || '(nothing)'}`);
    }
  } finally {
    await server.stop();
  }
  printMustHold([
    {
      promise: `mutations noticed, of ${asked}`,
      ...{ measured: found, kind: 'at least', bound: asked },
    },
  ]);
}

async function isNoticed(index: number): Promise<boolean> {
  const search = spawn(
    process.execPath,
    ['--import', pathOf('./audience-mutations/apply.ts'), pathOf('./audience-mutations/search.ts')],
    { env: { ...process.env, MUTATION: String(index) }, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const [code] = (await once(search, 'exit')) as [number | null];
  return code === 0;
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
