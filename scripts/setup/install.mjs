import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';
import { unlessFresh } from './fingerprint.mjs';

/** The Node that the project is pinned to, whatever the system has. */
export const pinnedNode = join(root, 'node_modules', 'node', 'bin', 'node');

/** Installs the packages when they are missing or older than the lock file. */
export async function install() {
  await unlessFresh({
    stamp: 'node_modules/.opendcp-installed',
    sources: ['package.json', 'package-lock.json'],
    work: async () => {
      console.log('Installing packages …');
      await npm(['ci', '--include=dev', '--loglevel=error']);
    },
  });
  // npm may be told not to run install scripts; the one of the `node` package fetches the binary.
  if (!existsSync(pinnedNode)) {
    await run(process.execPath, [join(root, 'node_modules/node/installArchSpecificPackage.js')]);
  }
}

function npm(args) {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js')
    ? run(process.execPath, [script, ...args], { quiet: true, env: installEnvironment })
    : run('npm', args, { quiet: true, env: installEnvironment });
}

// Prisma's engines are downloads that the product never uses; see prisma.mjs.
const installEnvironment = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, NODE_ENV: '' };
